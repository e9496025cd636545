package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;

/// Shortens the gradient, all tensors taken as one vector, to a greatest length: `g * maximum / max(|g|, maximum)`.
///
/// A shorter gradient stays as it is, to the bit. R. Pascanu et al., *On the difficulty of training recurrent neural networks*, 2013.
///
/// @param maximum the greatest Euclidean length, above 0
/// @param optimizer gets the clipped gradient
public record ClipByGlobalNorm(double maximum, Optimizer optimizer) implements GradientTransformation {
    public ClipByGlobalNorm {
        Scalars.require(maximum > 0, "The greatest length of the gradient", maximum, "above 0");
    }

    /// The Euclidean length of all tensors of a tree taken as one vector, a scalar, at least f32.
    public static Tensor globalNorm(Object tree) {
        return Tree.of(tree).leaves().stream()
                .map(leaf -> leaf.asType(Scalars.computing(leaf)).square().sum())
                .reduce(Tensor::plus)
                .orElseGet(() -> Scalars.of(0.0))
                .sqrt();
    }

    @Override
    public ClipByGlobalNorm withOptimizer(Optimizer other) {
        return new ClipByGlobalNorm(maximum, other);
    }

    @Override
    public <P> P transform(P gradient, P parameters) {
        Tensor norm = globalNorm(gradient);
        Tensor scale = Tensor.fullLike(norm, maximum).div(norm.maximum(maximum));
        return Tree.map(gradient, g -> g.times(scale).asType(g.dtype()));
    }
}
