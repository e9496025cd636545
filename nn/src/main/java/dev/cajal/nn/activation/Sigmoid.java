package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x) = 1 / (1 + e^-x)`, from 0 to 1; derivative `f * (1 - f)`, at most 1/4.
///
/// Also called the logistic function. Its outputs are probabilities, so it does not belong at the end of a network
/// whose loss takes logits.
public record Sigmoid() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.sigmoid();
    }

    @Override
    public boolean givesProbabilities() {
        return true;
    }
}
