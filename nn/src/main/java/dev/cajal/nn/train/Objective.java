package dev.cajal.nn.train;

import dev.cajal.nn.example.Batch;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import java.util.SequencedMap;

/// What is minimised: tensor code from parameters and a batch to a loss. The training loop knows a network by this alone.
@FunctionalInterface
public interface Objective {
    /// The loss of a batch, in training mode.
    ///
    /// @param key random numbers for this step
    Outcome apply(
            SequencedMap<String, Tensor> parameters, SequencedMap<String, Tensor> statistics, Batch batch,
            RandomKey key);

    /// What one pass gives: a tree.
    ///
    /// @param loss a scalar: the weighted mean over the batch
    /// @param count a scalar: how many examples, or tokens, loss and measures are the mean of
    /// @param measures scalars by name that are averaged and shown, such as the accuracy on the batch
    /// @param statistics after the pass
    record Outcome(
            Tensor loss, Tensor count, SequencedMap<String, Tensor> measures,
            SequencedMap<String, Tensor> statistics) {}
}
