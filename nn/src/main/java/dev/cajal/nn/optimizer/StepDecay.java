package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// A rate that falls by a factor every so many steps: `rate * factor^floor(step / steps)`.
///
/// @param rate the first rate
/// @param factor usually below 1
/// @param steps how long a rate lasts
public record StepDecay(double rate, double factor, int steps) implements Schedule {
    public StepDecay {
        Scalars.requireRate(rate);
        Scalars.requireFactor(factor);
        Scalars.requireSteps(steps);
    }

    /// A rate that falls by a factor every so many steps.
    public static StepDecay of(double rate, double factor, int steps) {
        return new StepDecay(rate, factor, steps);
    }

    @Override
    public Tensor at(Tensor step) {
        return Scalars.power(factor, step.div(steps).asType(DType.F32)).times(rate);
    }
}
