package dev.cajal.tensor;

import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Elements picked, placed and ordered by computed positions. An index that is out of bounds makes the run fail; it is never clamped.
public sealed interface Indexing permits Tensor {
    /// This object, as what it is.
    Tensor self();

    /// The parts at the given positions of the first dimension, as rows of a table: with indices of shape `[...]` and this of shape
    /// `[n, rest]` the result is `[..., rest]`. This is what an embedding does.
    ///
    /// @param indices i32 or i64
    default Tensor take(Tensor indices) {
        Shape shape = self().shape();
        int batch = indices.shape().rank();
        List<Integer> offset = IntStream.range(batch, batch + shape.rank() - 1).boxed().toList();
        List<Integer> sizes = new ArrayList<>(shape.dims());
        sizes.set(0, 1);
        var dimensions = new GatherDimensions(offset, List.of(0), List.of(), List.of(), List.of(0), batch);
        return Tensor.of(Ops.gather(self().value(), indices.value(), dimensions, sizes));
    }

    /// From each row (all dimensions but the last) the element at its own position: this `[..., n]`, indices `[...]`, result `[...]`.
    ///
    /// @param indices i32 or i64
    default Tensor takeAlongLast(Tensor indices) {
        int rank = self().shape().rank();
        List<Integer> batch = Ops.axes(rank - 1);
        List<Integer> ones = IntStream.range(0, rank).map(_ -> 1).boxed().toList();
        var dimensions = new GatherDimensions(List.of(), List.of(rank - 1), batch, batch, List.of(rank - 1), rank - 1);
        return Tensor.of(Ops.gather(self().value(), indices.value(), dimensions, ones));
    }

    /// From each example, all along the first dimension, a piece at its own place: this `[batch, n1, n2, ..., rest]`, starts `[batch, d]`, result
    /// `[batch, sizes..., rest]`.
    ///
    /// @param starts i32 or i64: where the piece begins along dimensions 1 to `d`
    /// @param sizes of the piece along these dimensions
    default Tensor cutEach(Tensor starts, List<Integer> sizes) {
        int rank = self().shape().rank();
        List<Integer> lengths = new ArrayList<>(self().shape().dims());
        lengths.set(0, 1);
        for (int i = 0; i < sizes.size(); i++) {
            lengths.set(i + 1, sizes.get(i));
        }
        List<Integer> offset = Ops.axes(rank).subList(1, rank);
        List<Integer> mapped = Ops.axes(sizes.size() + 1).subList(1, sizes.size() + 1);
        var dimensions = new GatherDimensions(offset, List.of(), List.of(0), List.of(0), mapped, 1);
        return Tensor.of(Ops.gather(self().value(), starts.value(), dimensions, lengths));
    }

    /// This with updates added to the parts at the given positions of the first dimension; a position may come several times.
    ///
    /// @param indices i32 or i64, of shape `[...]`
    /// @param updates of shape `[..., rest]` for this of shape `[n, rest]`
    default Tensor addAt(Tensor indices, Tensor updates) {
        int batch = indices.shape().rank();
        List<Integer> window = IntStream.range(batch, batch + self().shape().rank() - 1)
                .boxed()
                .toList();
        var dimensions = new ScatterDimensions(window, List.of(0), List.of(), List.of(), List.of(0), batch);
        return Tensor.of(
                Ops.scatter(self().value(), indices.value(), updates.value(), dimensions, Op.Scatter.Combiner.ADD));
    }

    /// This with a part of it replaced. A part that would reach beyond the end is put where it just fits, as StableHLO has it.
    ///
    /// @param start where the part begins along the axis, a scalar i32
    /// @param part of this shape, but shorter along the axis
    default Tensor replace(int axis, Tensor start, Tensor part) {
        int at = self().shape().axis(axis);
        List<Value> starts = IntStream.range(0, self().shape().rank())
                .mapToObj(i -> i == at ? start.value() : Tensor.zeros(DType.I32, Shape.SCALAR).value())
                .toList();
        return Tensor.of(Ops.dynamicUpdateSlice(self().value(), part.value(), starts));
    }

    /// A row of `classes` numbers for each element: 1 at the position that the element names, 0 elsewhere; all 0 if there is no such
    /// position.
    default Tensor oneHot(int classes, DType dtype) {
        Shape shape = self().shape().insert(self().shape().rank(), classes);
        Tensor positions = Tensor.of(Ops.iota(new TensorType(self().dtype(), shape), shape.rank() - 1));
        return self().expandDims(-1).eq(positions).asType(dtype);
    }

    /// The elements in ascending order along an axis, stable; NaN last.
    default Tensor sort(int axis) {
        return Tensor.of(Ops.sort(List.of(self().value()), self().shape().axis(axis), false).getFirst());
    }

    /// The positions (i32) of the elements in ascending order along an axis, stable.
    default Tensor argSort(int axis) {
        return ordered(axis, false).get(1);
    }

    /// The `k` largest elements along the last axis, in descending order, and their positions (i32).
    default TopK topK(int k) {
        List<Tensor> ordered = ordered(-1, true);
        return new TopK(ordered.get(0).slice(-1, 0, k), ordered.get(1).slice(-1, 0, k));
    }

    /// The largest elements of each row.
    ///
    /// @param values in descending order
    /// @param indices where they were
    record TopK(Tensor values, Tensor indices) {}

    private List<Tensor> ordered(int axis, boolean descending) {
        int at = self().shape().axis(axis);
        Value positions = Ops.iota(new TensorType(DType.I32, self().shape()), at);
        return Ops.sort(List.of(self().value(), positions), at, descending).stream()
                .map(Tensor::of)
                .toList();
    }
}
