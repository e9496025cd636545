package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import java.util.stream.IntStream;

/// Shortens the weights of each unit after an optimizer's step to a greatest length: `w * maximum / max(|w|, maximum)`, where `w` is what leads to one unit, a column of a kernel `[..., units]`.
///
/// G. E. Hinton et al., *Improving neural networks by preventing co-adaptation of feature detectors*, 2012. A bias is no such column: select kernels.
///
/// @param maximum the greatest Euclidean length, above 0
/// @param selection the parameters that are shortened, of two dimensions or more
/// @param optimizer makes the step
public record MaxNorm(double maximum, ParameterSelection selection, Optimizer optimizer) implements Optimizer {
    public MaxNorm {
        Scalars.require(maximum > 0, "The greatest length of the weights of a unit", maximum, "above 0");
        selection = selection.withMinimumRank(Math.max(2, selection.minimumRank()));
    }

    @Override
    public <P> OptimizerState<P> init(P parameters) {
        return optimizer.init(parameters);
    }

    @Override
    public <P> Update<P> update(P gradient, OptimizerState<P> state, P parameters) {
        Update<P> update = optimizer.update(gradient, state, parameters);
        return new Update<>(selection.map(update.parameters(), parameters, (after, _) -> shortened(after)),
                update.state());
    }

    private Tensor shortened(Tensor kernel) {
        Axes inputs = Axes.of(IntStream.range(0, kernel.shape().rank() - 1).toArray());
        Tensor length = kernel.asType(Scalars.computing(kernel)).square().sum(inputs).sqrt();
        return kernel.times(Tensor.fullLike(length, maximum).div(length.maximum(maximum)).asType(kernel.dtype()));
    }

    @Override
    public Schedule learningRate() {
        return optimizer.learningRate();
    }

    @Override
    public MaxNorm withLearningRate(Schedule schedule) {
        return new MaxNorm(maximum, selection, optimizer.withLearningRate(schedule));
    }

    @Override
    public <P> P forEvaluation(P parameters, OptimizerState<P> state) {
        return optimizer.forEvaluation(parameters, state);
    }
}
