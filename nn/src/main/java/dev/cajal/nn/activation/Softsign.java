package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x) = x / (1 + |x|)`, from -1 to 1; derivative `1 / (1 + |x|)^2`: like tanh, but it saturates more slowly.
///
/// J. Bergstra et al., *Quadratic Polynomials Learn Better Image Features*, 2009.
public record Softsign() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.asFloating().div(x.asFloating().abs().plus(1));
    }
}
