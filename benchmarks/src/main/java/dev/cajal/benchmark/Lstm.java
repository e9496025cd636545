package dev.cajal.benchmark;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.optimizer.Optimizers;

/// A recurrent language model on 65 characters: an embedding of 64, an LSTM of 256 units, 100 positions; batches of 64, Adam.
record Lstm(String name) implements Workload {
    static final Lstm ADAM = new Lstm("lstm");

    private static final int SYMBOLS = 65;

    @Override
    public Run start(Inputs inputs) {
        return new TrainingRun(network(), Optimizers.adam(1e-3), inputs);
    }

    static Layer network() {
        return Sequential.of(
                Embedding.of(SYMBOLS, 64), dev.cajal.nn.layer.Lstm.of(256).withSequences(), Dense.of(SYMBOLS));
    }
}
