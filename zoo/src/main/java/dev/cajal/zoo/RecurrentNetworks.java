package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.Gru;
import dev.cajal.nn.layer.Lstm;
import dev.cajal.nn.layer.Recurrent;
import dev.cajal.nn.layer.Rnn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Recurrent language models: an embedding, recurrent layers, and a logit for each token at each position; two layers of 256 units if nobody says otherwise.
///
/// A. Graves, *Generating Sequences With Recurrent Neural Networks*, 2013; A. Karpathy, *The Unreasonable Effectiveness of Recurrent Neural Networks*, 2015.
final class RecurrentNetworks {
    private RecurrentNetworks() {}

    private static final List<Integer> UNITS = List.of(256, 256);
    private static final int WIDTH = 64;

    /// Simple units.
    static Layer rnn(ModelSpec spec) {
        return network(spec, Rnn::of);
    }

    /// Long short-term memory.
    static Layer lstm(ModelSpec spec) {
        return network(spec, Lstm::of);
    }

    /// Gated units.
    static Layer gru(ModelSpec spec) {
        return network(spec, Gru::of);
    }

    private static Layer network(ModelSpec spec, IntFunction<Recurrent> maker) {
        List<Layer> layers = new ArrayList<>();
        layers.add(Embedding.of(spec.outputs(), WIDTH));
        for (int units : spec.layers().isEmpty() ? UNITS : spec.layers()) {
            layers.add(maker.apply(units).withSequences());
            if (spec.dropout() > 0) {
                layers.add(Dropout.of(spec.dropout()));
            }
        }
        layers.add(Dense.of(spec.outputs()));
        return Sequential.of(layers);
    }
}
