package dev.cajal.benchmark;

import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.MaxPool2d;
import dev.cajal.nn.optimizer.Optimizers;

/// A convolutional network for pictures of digits: 32 and 64 filters of 3 x 3, pooling, 128 and 10 units; batches of 128, Adam.
record Cnn(String name) implements Workload {
    static final Cnn ADAM = new Cnn("cnn");

    @Override
    public Run start(Inputs inputs) {
        return new TrainingRun(network(), Optimizers.adam(1e-4), inputs);
    }

    static Layer network() {
        return Sequential.of(
                Conv2d.of(32, 3, RELU), Conv2d.of(64, 3, RELU), MaxPool2d.of(2), Flatten.of(), Dense.of(128, RELU),
                Dense.of(10));
    }
}
