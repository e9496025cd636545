package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = x * tanh(softplus(x))`: smooth, about `x` for large numbers, with a dip to -0.31 below 0; derivative
/// `t + x * sigmoid(x) * (1 - t^2)` with `t = tanh(softplus(x))`.
///
/// D. Misra, *Mish: A Self Regularized Non-Monotonic Activation Function*, 2020.
public record Mish() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.asFloating().times(x.asFloating().softplus().tanh());
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
