package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// A rate that falls smoothly, by a factor in so many steps: `rate * factor^(step / steps)`.
///
/// @param rate the first rate
/// @param factor usually below 1
/// @param steps after how many steps the factor is reached
public record ExponentialDecay(double rate, double factor, int steps) implements Schedule {
    public ExponentialDecay {
        Scalars.requireRate(rate);
        Scalars.requireFactor(factor);
        Scalars.requireSteps(steps);
    }

    /// A rate that falls by a factor in so many steps.
    public static ExponentialDecay of(double rate, double factor, int steps) {
        return new ExponentialDecay(rate, factor, steps);
    }

    @Override
    public Tensor at(Tensor step) {
        return Scalars.power(factor, step.asType(DType.F32).div(steps)).times(rate);
    }
}
