package dev.cajal.nn.layer;

import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.Optional;

/// `x * scale + bias`, one number of each for every feature: what normalisations end with.
final class Affine {
    private Affine() {}

    static Tensor apply(Tensor x, Optional<Initializer> scale, Optional<Initializer> bias, Scope scope) {
        Shape features = Inputs.features(x);
        Tensor scaled = scale.map(initializer -> x.times(scope.parameter("scale", features, initializer))).orElse(x);
        return bias.map(initializer -> scaled.plus(scope.parameter("bias", features, initializer))).orElse(scaled);
    }
}
