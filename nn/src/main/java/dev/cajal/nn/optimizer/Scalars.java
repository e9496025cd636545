package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;

/// Single numbers as tensors, and checks of plain ones.
final class Scalars {
    private Scalars() {}

    static Tensor of(int number) {
        return Tensor.full(DType.I32, Shape.SCALAR, number);
    }

    static Tensor of(double number) {
        return Tensor.full(DType.F32, Shape.SCALAR, number);
    }

    /// The type that sums of a tensor's updates are kept in: at least f32.
    static DType computing(Tensor tensor) {
        return tensor.dtype() == DType.BF16 ? DType.F32 : tensor.dtype();
    }

    /// What remains of the way: `(steps - step) / steps`, f32, at least 0; exact near the end.
    static Tensor remaining(Tensor step, int steps) {
        return step.negate().plus(steps).maximum(0).asType(DType.F32).div(steps);
    }

    /// Half of a cosine's wave, from `start` (nothing done) to `end` (nothing remains), for what remains in [0, 1].
    ///
    /// `(1 + cos(pi * done)) / 2` is `sin^2(pi / 2 * remaining)`, which keeps its digits where it becomes small.
    static Tensor cosine(Tensor remaining, double start, double end) {
        return remaining.times(Math.PI / 2).sin().square().times(start - end).plus(end);
    }

    /// `base^exponent`, the logarithm taken in double precision.
    static Tensor power(double base, Tensor exponent) {
        return exponent.times(Math.log(base)).exp();
    }

    /// Checks a number of an optimizer's or schedule's configuration.
    static void require(boolean valid, String name, double number, String needed) {
        if (!valid) {
            throw new CajalException("optimizer.option", "%s is %s, but has to be %s.", Phrase.words(name), number,
                    Phrase.words(needed));
        }
    }

    static void requireRate(double rate) {
        require(rate >= 0 && Double.isFinite(rate), "The learning rate", rate, "at least 0");
    }

    static void requireFactor(double factor) {
        require(factor > 0 && Double.isFinite(factor), "The factor of the schedule", factor, "above 0");
    }

    static void requireSteps(int steps) {
        require(steps > 0, "The number of steps", steps, "above 0");
    }

    /// The decay of a running mean.
    static void requireDecay(String name, double decay) {
        require(decay >= 0 && decay < 1, name, decay, "at least 0 and below 1");
    }

    static void requireStrength(String name, double strength) {
        require(strength >= 0 && Double.isFinite(strength), name, strength, "at least 0");
    }

    static void requireEpsilon(double epsilon) {
        require(epsilon >= 0 && Double.isFinite(epsilon), "Epsilon", epsilon, "at least 0");
    }
}
