package dev.cajal.nn.train;

import dev.cajal.backend.PlanSummary;

/// Is told how training goes on. All methods are called by the thread that trains; what they throw ends the training.
public interface TrainingListener {
    /// Tells nobody.
    TrainingListener NONE = new TrainingListener() {};

    /// Before the first step.
    ///
    /// @param plan what a step costs
    default void planned(PlanSummary plan) {}

    /// After a step.
    default void stepped(StepReport report) {}

    /// After an epoch and its validation.
    default void epochEnded(History.Epoch epoch) {}

    /// One step.
    ///
    /// @param epoch from 1
    /// @param epochs at most
    /// @param step of this epoch, from 1
    /// @param steps of each epoch
    /// @param examples that were trained on in this epoch so far
    /// @param loss mean over the epoch so far
    /// @param examplesPerSecond measured since the training, or its resumption, began
    /// @param secondsLeft until the last epoch ends, estimated
    record StepReport(
            int epoch,
            int epochs,
            int step,
            int steps,
            long examples,
            double loss,
            double examplesPerSecond,
            double secondsLeft) {}
}
