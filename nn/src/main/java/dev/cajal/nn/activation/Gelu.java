package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = x * P(x)`, where `P(x) = (1 + erf(x / sqrt(2))) / 2` is the chance that a normal random number is below `x`;
/// derivative `P(x) + x * e^(-x^2 / 2) / sqrt(2 * pi)`.
///
/// The approximation, of the same paper and used by GPT-2, is
/// `x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))`; it differs by less than 0.0005. D. Hendrycks, K. Gimpel,
/// *Gaussian Error Linear Units (GELUs)*, 2016.
///
/// @param approximate whether to use the approximation with tanh
public record Gelu(boolean approximate) implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor floating = x.asFloating();
        return floating.times(0.5).times(twiceProbability(floating).plus(1));
    }

    /// `2 * P(x) - 1`.
    private Tensor twiceProbability(Tensor x) {
        return approximate
                ? x.square().times(x).times(0.044715).plus(x).times(Math.sqrt(2 / Math.PI)).tanh()
                : x.times(Math.sqrt(0.5)).erf();
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
