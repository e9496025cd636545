package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x) = (e^x - e^-x) / (e^x + e^-x)`, from -1 to 1; derivative `1 - f^2`.
///
/// Its outputs are centred at 0, which lets it learn faster than the sigmoid (Y. LeCun et al., *Efficient BackProp*,
/// 1998).
public record Tanh() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.tanh();
    }
}
