package dev.cajal.tensor;

import dev.cajal.ir.Attention;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /// Attention: `softmax(q k^T / sqrt(size)) v` for each head, where this is `q`. A backend may do without the scores of all pairs in memory, here and for the gradient, as the
    /// CPU's does in single precision for sizes up to 512.
    ///
    /// `[batch, queries, heads, size]`, twice `[batch, keys, groups, size] -> [batch, queries, heads, size]`
    ///
    /// Each group of keys and values is shared by `heads / groups` heads, one after the other.
    ///
    /// A. Vaswani et al., *Attention Is All You Need*, 2017; T. Dao et al., *FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness*, 2022.
    ///
    /// @param causal whether a query sees the keys up to its own position only; there are as many keys as queries then
    /// @param present which keys are there, bool `[batch, keys]`; empty if all are. A query that sees none of its keys sees all of them alike
    default Tensor attend(Tensor keys, Tensor values, boolean causal, Optional<Tensor> present) {
        Tensor q = self();
        Shape shape = keys.shape();
        boolean fits = q.shape().rank() == 4 && shape.rank() == 4 && values.shape().equals(shape)
                && shape.dim(0) == q.dim(0) && shape.dim(3) == q.dim(3) && shape.dim(2) > 0
                && q.dim(2) % shape.dim(2) == 0 && (!causal || shape.dim(1) == q.dim(1))
                && present.map(some -> some.shape().equals(Shape.of(shape.dim(0), shape.dim(1)))
                        && some.dtype() == DType.BOOL).orElse(true);
        if (!fits) {
            throw new ShapeException(
                    "shape.attend",
                    "%sattend of queries %s, keys %s, values %s and keys that are present %s: it needs [batch, queries, heads, size] and twice [batch, keys, groups, size], where the heads are a multiple of "
                            + "the groups, as many keys as queries where it is causal, and of keys that are present bool [batch, keys].",
                    Origin.current().prefix(),
                    q.type(),
                    keys.type(),
                    values.type(),
                    present.<Object>map(Tensor::type).orElse("none named"));
        }
        DType dtype = Broadcasting.promote(Broadcasting.promote(q.dtype(), keys.dtype()), values.dtype());
        DType floating = dtype.isFloating() ? dtype : DType.F32;
        return Tensor.of(Attention.apply(Ops.convert(q.value(), floating), Ops.convert(keys.value(), floating),
                Ops.convert(values.value(), floating), present.map(Tensor::value), causal));
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
