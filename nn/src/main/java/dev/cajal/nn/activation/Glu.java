package dev.cajal.nn.activation;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;
import java.util.List;

/// `f([a, b]) = a * sigmoid(b)`: the gated linear unit. The input is cut into two halves along an axis, one of which
/// decides how much of the other passes, so the output is half as long: `Dense.of(128, GLU)` gives 64 numbers.
///
/// Y. N. Dauphin et al., *Language Modeling with Gated Convolutional Networks*, 2017.
///
/// @param axis of even length; usually -1, the last
public record Glu(int axis) implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        if (x.dim(axis) % 2 != 0) {
            throw new ShapeException(
                    "shape.glu",
                    "%sGlu cuts axis %s into two halves, but its length in %s is %s. Give the layer in front twice as many units as are to come out.",
                    Origin.current().prefix(),
                    axis,
                    x.shape(),
                    x.dim(axis));
        }
        List<Tensor> halves = x.split(axis, 2);
        return halves.get(0).times(halves.get(1).sigmoid());
    }
}
