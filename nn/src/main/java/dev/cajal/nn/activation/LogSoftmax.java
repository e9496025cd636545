package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x)[k] = x[k] - log(sum over j of e^x[j])` along an axis: the logarithm of softmax without its rounding to 0;
/// derivative of `f[k]` by `x[j]` is `(k == j) - softmax(x)[j]`.
///
/// @param axis usually -1, the last
public record LogSoftmax(int axis) implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.logSoftmax(axis);
    }

    @Override
    public boolean givesProbabilities() {
        return true;
    }
}
