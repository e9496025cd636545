package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.List;

/// Makes one row of each example, in row-major order: what stands between images and [Dense].
///
/// - input: `[batch, ...]`
/// - output: `[batch, product of the others]`
public record Flatten() implements Layer {
    /// The layer.
    public static Flatten of() {
        return new Flatten();
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 1, "[batch, ...]");
        long size = x.shape().without(List.of(0)).size();
        return x.reshape(Shape.of(x.dim(0), Math.toIntExact(size)));
    }
}
