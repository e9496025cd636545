package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// A linear rise to the first rate of another schedule, and that schedule from there on.
///
/// `next(0) * (step + 1) / (steps + 1)` where `step < steps`, then `next(step - steps)`. So no update is wasted on a rate of 0. P. Goyal et
/// al., *Accurate, Large Minibatch SGD*, 2017.
///
/// @param steps how many updates the rise takes
/// @param next what follows; its steps are counted from the end of the rise
public record WarmUp(int steps, Schedule next) implements Schedule {
    public WarmUp {
        Scalars.requireSteps(steps);
    }

    /// A rise over a number of updates, then another schedule.
    public static WarmUp of(int steps, Schedule next) {
        return new WarmUp(steps, next);
    }

    @Override
    public Tensor at(Tensor step) {
        Tensor fraction = step.plus(1).minimum(steps + 1).asType(DType.F32).div(steps + 1);
        return next.at(step.minus(steps).maximum(0)).times(fraction);
    }
}
