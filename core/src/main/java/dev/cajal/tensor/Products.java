package dev.cajal.tensor;

import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.List;

/// Products that sum over a dimension.
public sealed interface Products permits Tensor {
    /// This object, as what it is.
    Tensor self();

    /// The matrix product, as NumPy's `@`: the last dimension of this against the second to last of the other, for each index of
    /// the dimensions before, which are broadcast. A vector counts as a row on the left and as a column on the right.
    ///
    /// `[m, k] x [k, n] -> [m, n]`
    default Tensor matmul(Tensor other) {
        Tensor a = self();
        if (a.shape().rank() == 0 || other.shape().rank() == 0) {
            throw mismatch(a, other, "a single number has no dimension to sum over; use times");
        }
        if (a.shape().rank() == 1) {
            return a.expandDims(0).matmul(other).squeeze(other.shape().rank() == 1 ? 0 : -2);
        }
        if (other.shape().rank() == 1) {
            return a.matmul(other.expandDims(1)).squeeze(-1);
        }
        if (a.shape().dim(-1) != other.shape().dim(-2)) {
            throw mismatch(a, other,
                    "the left has " + a.shape().dim(-1) + " columns, the right " + other.shape().dim(-2) + " rows");
        }
        DType dtype = Broadcasting.promote(a.dtype(), other.dtype());
        Value left = Ops.convert(a.value(), dtype);
        Value right = Ops.convert(other.value(), dtype);
        if (right.shape().rank() == 2) {
            // One large product: all dimensions but the last of the left one are rows.
            int last = left.shape().rank() - 1;
            return Tensor.of(
                    Ops.dot(new Op.DotGeneral(List.of(), List.of(), List.of(last), List.of(0), dtype), left, right));
        }
        return batched(left, right, dtype);
    }

    private static Tensor batched(Value left, Value right, DType dtype) {
        Shape leftBatch = Shape.of(left.shape().dims().subList(0, left.shape().rank() - 2));
        Shape rightBatch = Shape.of(right.shape().dims().subList(0, right.shape().rank() - 2));
        Shape batch = Broadcasting.common("matmul", leftBatch, rightBatch);
        int rank = batch.rank();
        Value a = Broadcasting.to(left, withMatrix(batch, left.shape()));
        Value b = Broadcasting.to(right, withMatrix(batch, right.shape()));
        List<Integer> axes = Ops.axes(rank);
        return Tensor.of(Ops.dot(new Op.DotGeneral(axes, axes, List.of(rank + 1), List.of(rank), dtype), a, b));
    }

    private static Shape withMatrix(Shape batch, Shape full) {
        List<Integer> dims = new ArrayList<>(batch.dims());
        dims.add(full.dim(-2));
        dims.add(full.dim(-1));
        return Shape.of(dims);
    }

    private static ShapeException mismatch(Tensor a, Tensor b, String why) {
        return new ShapeException(
                "shape.matmul",
                "%smatmul of shapes %s and %s: %s. It needs [..., m, k] and [..., k, n].",
                Origin.current().prefix(),
                a.shape(),
                b.shape(),
                why);
    }
}
