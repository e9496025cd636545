package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.List;

/// `x + b` with a learned number for each unit of an example, not one for each channel as a convolution's own bias has. So the inputs have to be of one size.
///
/// - input, output: `[batch, ...]`
/// - parameter `bias`: `[...]`
///
/// @param initializer the bias' first elements
public record Bias(Initializer initializer) implements Layer {
    /// Zeros at first.
    public static Bias of() {
        return new Bias(Initializers.zeros());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ...]");
        Shape unit = x.shape().without(List.of(0));
        return x.plus(scope.parameter("bias", unit, initializer));
    }
}
