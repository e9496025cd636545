package dev.cajal.nn.train;

import dev.cajal.nn.optimizer.OptimizerState;
import dev.cajal.tensor.Tensor;
import java.util.SequencedMap;

/// Everything that a training step changes: a tree.
///
/// @param parameters by path
/// @param statistics by path
/// @param optimizer the optimizer's step counter and slots
public record TrainState(
        SequencedMap<String, Tensor> parameters,
        SequencedMap<String, Tensor> statistics,
        OptimizerState<SequencedMap<String, Tensor>> optimizer) {
    /// This state with the learning rate multiplied by another factor.
    TrainState withLearningRateScale(double scale) {
        return new TrainState(parameters, statistics, optimizer.withLearningRateScale(scale));
    }
}
