package dev.cajal.nn.optimizer;

import dev.cajal.transform.Tree;

/// Clips each number of the gradient to `[-limit, limit]`. This changes its direction; see [ClipByGlobalNorm].
///
/// @param limit above 0
/// @param optimizer gets the clipped gradient
public record ClipByValue(double limit, Optimizer optimizer) implements GradientTransformation {
    public ClipByValue {
        Scalars.require(limit > 0, "The limit of the gradient", limit, "above 0");
    }

    @Override
    public ClipByValue withOptimizer(Optimizer other) {
        return new ClipByValue(limit, other);
    }

    @Override
    public <P> P transform(P gradient, P parameters) {
        return Tree.map(gradient, g -> g.clip(-limit, limit));
    }
}
