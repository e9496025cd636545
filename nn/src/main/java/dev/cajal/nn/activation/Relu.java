package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = max(x, 0)`: the rectified linear unit; derivative 1 where `x > 0`, else 0 (also at 0, as in PyTorch).
///
/// The usual choice between the layers of a feed-forward network. V. Nair, G. E. Hinton, *Rectified Linear Units
/// Improve Restricted Boltzmann Machines*, 2010.
public record Relu() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        // Not maximum(x, 0), which shares the gradient at 0, where units without bias start on black pixels. NaN stays NaN.
        return x.le(0).choose(0, x);
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
