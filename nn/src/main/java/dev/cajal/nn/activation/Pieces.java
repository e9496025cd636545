package dev.cajal.nn.activation;

import dev.cajal.tensor.Tensor;

/// Functions of several pieces. At the seams the gradient is that of one piece, the same as in PyTorch; NaN stays NaN.
final class Pieces {
    private Pieces() {}

    /// `low` up to there, `high` from there on, `x` between; the gradient at both bounds is 0.
    static Tensor clip(Tensor x, double low, double high) {
        return x.le(low).choose(low, x.ge(high).choose(high, x));
    }

    /// `x` above 0, `alpha * (e^x - 1)` below.
    static Tensor exponentialBelowZero(Tensor x, double alpha) {
        Tensor isPositive = x.gt(0);
        // The exponential must not overflow where it is not chosen: 0 * infinity would make the gradient NaN.
        Tensor negative = isPositive.choose(0, x);
        return isPositive.choose(x, negative.expm1().times(alpha));
    }
}
