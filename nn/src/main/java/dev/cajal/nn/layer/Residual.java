package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;
import java.util.Optional;

/// `projection(x) + branch(x)`, or `x + branch(x)` without a projection: the branch learns what to change, and
/// gradients have a way past it.
///
/// - input: any that the branch takes
/// - output: the shape that the branch gives, which is the input's if there is no projection
///
/// ```java
/// Residual.of(Network.sequential(LayerNorm.of(), Dense.of(64, GELU), Dense.of(64)))
/// ```
///
/// K. He et al., *Deep Residual Learning for Image Recognition*, 2015.
///
/// @param branch what is added to the input
/// @param projection brings the input to the branch's shape where they differ
public record Residual(Layer branch, Optional<Layer> projection) implements Layer {
    /// A branch that keeps the shape.
    public static Residual of(Layer branch) {
        return new Residual(branch, Optional.empty());
    }

    /// The same with a projection, usually a linear layer without activation.
    public Residual withProjection(Layer layer) {
        return new Residual(branch, Optional.of(layer));
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor change = scope.call("branch", branch, x);
        Tensor direct = projection.map(layer -> scope.call("projection", layer, x)).orElse(x);
        if (!direct.shape().equals(change.shape())) {
            throw projection.isPresent()
                    ? new ShapeException(
                            "shape.residual-projection",
                            "%sResidual adds the projected input to what its branch gives, so both need one shape, but they have %s and %s. "
                                    + "Let branch and projection end in the same shape.",
                            Origin.current().prefix(), direct.shape(), change.shape())
                    : new ShapeException(
                            "shape.residual",
                            "%sResidual adds the input to what its branch gives, so both need one shape, but they have %s and %s. "
                                    + "Let the branch keep the shape, or bring the input to the branch's with withProjection(Dense.of(%s)).",
                            Origin.current().prefix(), direct.shape(), change.shape(), change.dim(-1));
        }
        return direct.plus(change);
    }
}
