package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// A rule by which parameters follow their gradient: a pure function, without memory of its own.
///
/// Parameters are any tree of floating-point tensors. Implementations are records, so that they can be written to a file. What is done to the gradient
/// before, or to the parameters after, wraps around an optimizer; the outermost wrapper acts on the gradient first:
///
/// ```java
/// var optimizer = Adam.of(Schedules.cosine(1e-3, 10_000).withWarmUp(500)).withL2(1e-4).clippedByGlobalNorm(1);
///
/// OptimizerState<Parameters> state = optimizer.init(parameters);
/// Update<Parameters> update = optimizer.update(gradient, state, parameters); // clips, adds the penalty's gradient, lets Adam step
/// ```
public interface Optimizer {
    /// The state before the first update. It shares no memory with the parameters.
    <P> OptimizerState<P> init(P parameters);

    /// The parameters and the state after one update. Usually called inside of a compiled function, with the gradient.
    ///
    /// @param gradient of the parameters' structure
    /// @param state what the update before gave, or [#init]
    <P> Update<P> update(P gradient, OptimizerState<P> state, P parameters);

    /// The learning rate over time.
    Schedule learningRate();

    /// The same optimizer with another learning rate.
    Optimizer withLearningRate(Schedule schedule);

    /// The same optimizer with another, constant learning rate.
    default Optimizer withLearningRate(double rate) {
        return withLearningRate(ConstantRate.of(rate));
    }

    /// The learning rate of the next update, a scalar f32: the schedule's, times the state's factor.
    default Tensor learningRate(OptimizerState<?> state) {
        return learningRate().at(state.step()).times(state.learningRateScale());
    }

    /// The parameters to evaluate, predict and ship with: the current ones, or what an [Averaged] optimizer has made of them.
    default <P> P forEvaluation(P parameters, OptimizerState<P> state) {
        return parameters;
    }

    /// This optimizer, behind a limit for each number of the gradient; see [ClipByValue].
    default Optimizer clippedByValue(double limit) {
        return new ClipByValue(limit, this);
    }

    /// This optimizer, behind a limit for the length of the whole gradient; see [ClipByGlobalNorm].
    default Optimizer clippedByGlobalNorm(double maximum) {
        return new ClipByGlobalNorm(maximum, this);
    }

    /// This optimizer, for a loss with a penalty on absolute values; see [L1Penalty].
    default Optimizer withL1(double strength) {
        return withL1(strength, ParameterSelection.all());
    }

    /// This optimizer, for a loss with a penalty on absolute values of some parameters; see [L1Penalty].
    default Optimizer withL1(double strength, ParameterSelection selection) {
        return new L1Penalty(strength, selection, this);
    }

    /// This optimizer, for a loss with a penalty on squares; see [L2Penalty].
    default Optimizer withL2(double strength) {
        return withL2(strength, ParameterSelection.all());
    }

    /// This optimizer, for a loss with a penalty on squares of some parameters; see [L2Penalty].
    default Optimizer withL2(double strength, ParameterSelection selection) {
        return new L2Penalty(strength, selection, this);
    }

    /// This optimizer, followed by a decay of the parameters; see [WeightDecay].
    default Optimizer withWeightDecay(double strength, ParameterSelection selection) {
        return new WeightDecay(strength, selection, this);
    }

    /// This optimizer, followed by a limit for the length of each unit's weights; see [MaxNorm].
    default Optimizer withMaxNorm(double maximum, ParameterSelection selection) {
        return new MaxNorm(maximum, selection, this);
    }

    /// This optimizer, with a running mean of the parameters for evaluation; see [Averaged].
    default Optimizer averaged(double decay) {
        return Averaged.of(decay, this);
    }
}
