package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What an optimizer remembers between updates: a tree, saved with a checkpoint.
///
/// @param <P> the parameters' tree
/// @param step the number of updates made so far, a scalar i32
/// @param learningRateScale what the schedule's learning rate is multiplied by, a scalar f32, first 1. It is there for what decides between
/// updates and outside of the graph, such as [Plateau]: to change it needs no new compilation.
/// @param slots trees of the parameters' structure by name, such as running means of gradients
public record OptimizerState<P>(Tensor step, Tensor learningRateScale, SequencedMap<String, P> slots) {
    public OptimizerState {
        slots = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(slots));
    }

    /// The state before the first update.
    public static <P> OptimizerState<P> of(SequencedMap<String, P> slots) {
        return new OptimizerState<>(Scalars.of(0), Scalars.of(1.0), slots);
    }

    /// The slot of a name.
    ///
    /// @throws CajalException if there is none
    public P slot(String name) {
        P slot = slots.get(name);
        if (slot == null) {
            throw new CajalException(
                    "optimizer.slot",
                    "The optimizer's state has no '%s', only %s. It belongs to another optimizer; make one with init.",
                    name,
                    slots.keySet());
        }
        return slot;
    }

    /// The same state after one more update.
    public OptimizerState<P> next(SequencedMap<String, P> newSlots) {
        return new OptimizerState<>(step.plus(1), learningRateScale, newSlots);
    }

    /// The same state with other slots.
    public OptimizerState<P> withSlots(SequencedMap<String, P> others) {
        return new OptimizerState<>(step, learningRateScale, others);
    }

    /// The same state with another factor of the learning rate.
    public OptimizerState<P> withLearningRateScale(double scale) {
        return new OptimizerState<>(step, Scalars.of(scale), slots);
    }
}
