package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// A rate that falls to an end along a power: `(rate - end) * (1 - step / steps)^power + end`, and `end` from `steps` on.
///
/// A power of 1 is the straight line.
///
/// @param rate the first rate
/// @param end the last rate
/// @param power above 0
/// @param steps how long the fall takes
public record PolynomialDecay(double rate, double end, double power, int steps) implements Schedule {
    public PolynomialDecay {
        Scalars.requireRate(rate);
        Scalars.requireRate(end);
        Scalars.require(power > 0 && Double.isFinite(power), "The power of the schedule", power, "above 0");
        Scalars.requireSteps(steps);
    }

    /// A fall to zero.
    public static PolynomialDecay of(double rate, double power, int steps) {
        return new PolynomialDecay(rate, 0, power, steps);
    }

    /// A straight line to zero.
    public static PolynomialDecay linear(double rate, int steps) {
        return of(rate, 1, steps);
    }

    /// The same with another last rate.
    public PolynomialDecay withEnd(double last) {
        return new PolynomialDecay(rate, last, power, steps);
    }

    @Override
    public Tensor at(Tensor step) {
        return Scalars.remaining(step, steps).pow(power).times(rate - end).plus(end);
    }
}
