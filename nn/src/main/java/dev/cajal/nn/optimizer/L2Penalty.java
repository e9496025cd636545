package dev.cajal.nn.optimizer;

/// Adds the gradient of the penalty `strength / 2 * sum(p^2)` to that of the loss: `g + strength * p`. Keeps parameters small.
///
/// This is what PyTorch calls the weight decay of SGD and Adam. An adaptive optimizer scales it like the gradient, so that large gradients
/// weaken it; [WeightDecay] does not. The reported loss does not contain the penalty.
///
/// @param strength at least 0
/// @param selection the parameters that are penalised
/// @param optimizer gets the sum
public record L2Penalty(double strength, ParameterSelection selection, Optimizer optimizer)
        implements GradientTransformation {
    public L2Penalty {
        Scalars.requireStrength("The strength of the penalty", strength);
    }

    @Override
    public L2Penalty withOptimizer(Optimizer other) {
        return new L2Penalty(strength, selection, other);
    }

    @Override
    public <P> P transform(P gradient, P parameters) {
        return selection.map(gradient, parameters, (g, p) -> g.plus(p.times(strength)));
    }
}
