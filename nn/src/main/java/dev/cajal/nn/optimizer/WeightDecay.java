package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Lets parameters decay beside an optimizer's step: `p' - rate * strength * p`, with `p'` the parameter after the step and `p` the one before.
///
/// Decoupled from the gradient, so that an adaptive optimizer does not scale it: I. Loshchilov, F. Hutter, *Decoupled Weight Decay
/// Regularization*, 2017. The rate is the learning rate of the step, as in PyTorch.
///
/// @param strength at least 0
/// @param selection the parameters that decay
/// @param optimizer makes the step
public record WeightDecay(double strength, ParameterSelection selection, Optimizer optimizer) implements Optimizer {
    public WeightDecay {
        Scalars.requireStrength("The strength of the weight decay", strength);
    }

    @Override
    public <P> OptimizerState<P> init(P parameters) {
        return optimizer.init(parameters);
    }

    @Override
    public <P> Update<P> update(P gradient, OptimizerState<P> state, P parameters) {
        Update<P> update = optimizer.update(gradient, state, parameters);
        Tensor factor = learningRate(state).times(strength);
        P decayed = selection.map(
                update.parameters(),
                parameters,
                (after, before) -> after.minus(before.times(factor.asType(before.dtype()))));
        return new Update<>(decayed, update.state());
    }

    @Override
    public Schedule learningRate() {
        return optimizer.learningRate();
    }

    @Override
    public WeightDecay withLearningRate(Schedule schedule) {
        return new WeightDecay(strength, selection, optimizer.withLearningRate(schedule));
    }

    @Override
    public <P> P forEvaluation(P parameters, OptimizerState<P> state) {
        return optimizer.forEvaluation(parameters, state);
    }
}
