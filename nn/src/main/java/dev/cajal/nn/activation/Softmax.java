package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x)[k] = e^x[k] / sum over j of e^x[j]` along an axis: positive numbers that add up to 1; derivative of `f[k]` by
/// `x[j]` is `f[k] * ((k == j) - f[j])`.
///
/// Its outputs are probabilities, so it does not belong at the end of a network whose loss takes logits, as the
/// cross-entropies do. J. S. Bridle, *Probabilistic Interpretation of Feedforward Classification Network Outputs*,
/// 1990.
///
/// @param axis usually -1, the last
public record Softmax(int axis) implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.softmax(axis);
    }

    @Override
    public boolean givesProbabilities() {
        return true;
    }
}
