package dev.cajal.nn.optimizer;

/// Adds the gradient of the penalty `strength * sum(|p|)` to that of the loss: `g + strength * sign(p)`. Drives parameters to zero.
///
/// The reported loss does not contain the penalty. R. Tibshirani, *Regression Shrinkage and Selection via the Lasso*, 1996.
///
/// @param strength at least 0
/// @param selection the parameters that are penalised
/// @param optimizer gets the sum
public record L1Penalty(double strength, ParameterSelection selection, Optimizer optimizer)
        implements GradientTransformation {
    public L1Penalty {
        Scalars.requireStrength("The strength of the penalty", strength);
    }

    @Override
    public L1Penalty withOptimizer(Optimizer other) {
        return new L1Penalty(strength, selection, other);
    }

    @Override
    public <P> P transform(P gradient, P parameters) {
        return selection.map(gradient, parameters, (g, p) -> g.plus(p.sign().times(strength)));
    }
}
