package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// The learning rate as a function of the number of updates made so far.
///
/// A schedule is tensor code, since the count of steps is part of the training state: the rate is computed inside of the compiled step.
/// Implementations are records, so that they can be written to a file. Steps are counted from 0: the first update uses `at(0)`.
public interface Schedule {
    /// The learning rate, a scalar f32.
    ///
    /// @param step the number of updates made before, a scalar i32
    Tensor at(Tensor step);

    /// The learning rate, for people. It is the very number that the update uses.
    ///
    /// @param step the number of updates made before
    default double at(int step) {
        return at(Scalars.of(step)).item();
    }

    /// This schedule behind a linear rise from near zero; see [WarmUp].
    default Schedule withWarmUp(int steps) {
        return new WarmUp(steps, this);
    }
}
