package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.Optional;

/// `activation(sums + bias)`: what dense layers and convolutions end with; and the dense layers that attention is made of.
final class WeightedSums {
    private WeightedSums() {}

    /// A dense layer without activation.
    static Dense dense(int units, Initializer kernel, boolean biased) {
        Dense dense = Dense.of(units).withKernel(kernel);
        return biased ? dense : dense.withoutBias();
    }

    /// @param sums `[..., units]`
    static Tensor finish(Tensor sums, Optional<Initializer> bias, Activation activation, Scope scope) {
        Shape units = Inputs.features(sums);
        Tensor biased = bias.map(initializer -> sums.plus(scope.parameter("bias", units, initializer))).orElse(sums);
        return scope.call("activation", activation, biased);
    }
}
