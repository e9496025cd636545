package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// Squared for small errors, linear for large ones. With `d = target - prediction`, the mean of
///
/// - `d^2 / 2` where `|d| <= delta`,
/// - `delta * (|d| - delta / 2)` elsewhere.
///
/// P. J. Huber, *Robust Estimation of a Location Parameter*, Annals of Mathematical Statistics 35 (1964). The target has the prediction's
/// shape.
///
/// @param delta the error at which the loss becomes linear, above 0
public record Huber(double delta) implements Loss {
    public Huber {
        Operands.require(delta > 0 && Double.isFinite(delta), "delta", delta, "a positive number");
    }

    /// Linear from errors of 1 on.
    public static Huber of() {
        return new Huber(1);
    }

    /// Linear from errors of `delta` on.
    public static Huber of(double delta) {
        return new Huber(delta);
    }

    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Tensor distance = Operands.of(this, prediction, target).difference().abs();
        // Both cases in one: m (|d| - m / 2) with m = min(|d|, delta).
        Tensor capped = distance.minimum(delta);
        return Operands.meanOfEach(capped.times(distance.minus(capped.times(0.5))));
    }

    @Override
    public OutputKind output() {
        return OutputKind.QUANTITIES;
    }
}
