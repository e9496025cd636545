package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// `f(x) = x` where `x > 0`, else `a * x`, with a slope `a` that is learned; derivative by `x` 1 or `a`, by `a` 0 or
/// `x`.
///
/// The parameter `slope` has one number for each channel, the last dimension of the input, or a single one. Weight
/// decay does it no good. K. He et al., *Delving Deep into Rectifiers*, 2015.
///
/// @param start what every slope begins with; the paper has 0.25
/// @param shared whether all channels have one slope together
public record PRelu(double start, boolean shared) implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Shape shape = Shape.of(shared ? 1 : x.dim(-1));
        Tensor slope = scope.parameter("slope", shape, Initializers.constant(start));
        return x.gt(0).choose(x, x.times(slope));
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
