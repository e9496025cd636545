package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;

/// `gain` where row and column are equal, 0 elsewhere; the matrix need not be square.
///
/// A layer that begins so hands on what it gets (Q. V. Le, N. Jaitly, G. E. Hinton, *A Simple Way to Initialize
/// Recurrent Networks of Rectified Linear Units*, 2015).
///
/// @param gain the number on the diagonal
public record IdentityMatrix(double gain) implements Initializer {
    @Override
    public Tensor create(RandomKey key, Shape shape) {
        if (shape.rank() != 2) {
            throw new ShapeException(
                    "shape.identity", "An identity matrix has 2 dimensions, but the parameter's shape is %s.", shape);
        }
        return Tensor.range(shape.dim(0), DType.I32).oneHot(shape.dim(1), DType.F32).times(gain);
    }
}
