package dev.cajal.nn.optimizer;

/// Something that is done to the gradient before an optimizer sees it. To write one, say what; everything else is handed through.
public interface GradientTransformation extends Optimizer {
    /// The optimizer that gets the changed gradient.
    Optimizer optimizer();

    /// The same in front of another optimizer.
    GradientTransformation withOptimizer(Optimizer other);

    /// The changed gradient.
    <P> P transform(P gradient, P parameters);

    @Override
    default <P> OptimizerState<P> init(P parameters) {
        return optimizer().init(parameters);
    }

    @Override
    default <P> Update<P> update(P gradient, OptimizerState<P> state, P parameters) {
        return optimizer().update(transform(gradient, parameters), state, parameters);
    }

    @Override
    default Schedule learningRate() {
        return optimizer().learningRate();
    }

    @Override
    default Optimizer withLearningRate(Schedule schedule) {
        return withOptimizer(optimizer().withLearningRate(schedule));
    }

    @Override
    default <P> P forEvaluation(P parameters, OptimizerState<P> state) {
        return optimizer().forEvaluation(parameters, state);
    }
}
