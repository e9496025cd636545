package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = log(1 + e^x)`, a smooth ReLU; derivative `sigmoid(x)`. Positive, so it gives rates and deviations.
///
/// Computed as `max(x, 0) + log(1 + e^-|x|)`, which does not overflow. C. Dugas et al., *Incorporating Second-Order
/// Functional Knowledge for Better Option Pricing*, 2001.
public record Softplus() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.asFloating().softplus();
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
