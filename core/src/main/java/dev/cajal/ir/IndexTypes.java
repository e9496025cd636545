package dev.cajal.ir;

import dev.cajal.ir.TypeRules.Operands;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Type rules of operations that read or write at computed positions.
final class IndexTypes {
    private IndexTypes() {}

    static List<TensorType> gather(Op.Gather gather, Operands in) {
        in.requireCount(2);
        TensorType x = in.get(0);
        Shape indices = requireIndices(in);
        GatherDimensions d = gather.dimensions();
        int rank = x.shape().rank();
        in.requireAxes("collapsed dimensions", concat(d.collapsed(), d.operandBatching()), rank);
        in.requireSorted("collapsed dimensions", d.collapsed());
        in.requireAxes("start index map", concat(d.startIndexMap(), d.operandBatching()), rank);
        requireBatching(d.operandBatching(), d.indicesBatching(), d.indexVector(), x.shape(), indices, in);
        requireVector(d.indexVector(), d.startIndexMap(), indices, in);
        in.require(gather.sliceSizes().size() == rank, "gather",
                "needs a slice size for each dimension of %s, but got %s", x, gather.sliceSizes());
        for (int i = 0; i < rank; i++) {
            int size = gather.sliceSizes().get(i);
            in.require(
                    size >= 0 && size <= x.shape().dim(i),
                    "gather",
                    "cannot take slices of %s from dimension %s of %s",
                    size,
                    i,
                    x);
            in.require(
                    size == 1 || !(d.collapsed().contains(i) || d.operandBatching().contains(i)),
                    "gather",
                    "collapses dimension %s, so its slice size has to be 1, not %s",
                    i,
                    size);
        }
        List<Integer> slice = Shape.of(gather.sliceSizes()).without(concat(d.collapsed(), d.operandBatching())).dims();
        List<Integer> batch = batchDims(indices, d.indexVector());
        in.require(
                d.offset().size() == slice.size(),
                "gather",
                "has slices with %s dimension(s) left, but names %s offset dimension(s)",
                slice.size(),
                d.offset().size());
        int[] dims = new int[slice.size() + batch.size()];
        in.requireAxes("offset dimensions", d.offset(), dims.length);
        in.requireSorted("offset dimensions", d.offset());
        int nextSlice = 0;
        int nextBatch = 0;
        for (int i = 0; i < dims.length; i++) {
            dims[i] = d.offset().contains(i) ? slice.get(nextSlice++) : batch.get(nextBatch++);
        }
        return List.of(x.withShape(Shape.of(dims)));
    }

    static List<TensorType> scatter(Op.Scatter scatter, Operands in) {
        in.requireCount(3);
        TensorType x = in.get(0);
        TensorType updates = in.get(2);
        Shape indices = requireIndices(in);
        ScatterDimensions d = scatter.dimensions();
        int rank = x.shape().rank();
        in.require(updates.dtype() == x.dtype(), "dtype", "needs updates of the operand's type %s, but got %s",
                x.dtype(), updates);
        in.requireAxes("inserted dimensions", concat(d.inserted(), d.operandBatching()), rank);
        in.requireSorted("inserted dimensions", d.inserted());
        in.requireAxes("index map", concat(d.indexMap(), d.operandBatching()), rank);
        in.requireAxes("update window dimensions", d.updateWindow(), updates.shape().rank());
        in.requireSorted("update window dimensions", d.updateWindow());
        requireBatching(d.operandBatching(), d.indicesBatching(), d.indexVector(), x.shape(), indices, in);
        requireVector(d.indexVector(), d.indexMap(), indices, in);
        List<Integer> batch = batchDims(indices, d.indexVector());
        List<Integer> updateBatch = updates.shape().without(d.updateWindow()).dims();
        in.require(
                batch.equals(updateBatch),
                "scatter",
                "has %s index vectors, but updates for %s of them",
                batch,
                updateBatch);
        List<Integer> window = x.shape().without(concat(d.inserted(), d.operandBatching())).dims();
        List<Integer> updateWindow = d.updateWindow().stream().map(axis -> updates.shape().dim(axis)).toList();
        in.require(
                window.size() == updateWindow.size()
                        && IntStream.range(0, window.size()).allMatch(i -> updateWindow.get(i) <= window.get(i)),
                "scatter",
                "needs update windows that fit into %s, but got %s",
                window,
                updateWindow);
        return List.of(x);
    }

    static List<TensorType> dynamicSlice(Op.DynamicSlice slice, Operands in) {
        in.require(in.count() >= 1, "operands", "needs an operand");
        TensorType x = in.get(0);
        in.require(slice.sizes().size() == x.shape().rank(), "slice",
                "needs a size for each dimension of %s, but got %s", x, slice.sizes());
        requireStarts(x, 1, in);
        Shape result = Shape.of(slice.sizes());
        requireInside(result, x, in);
        return List.of(x.withShape(result));
    }

    static List<TensorType> dynamicUpdateSlice(Operands in) {
        in.require(in.count() >= 2, "operands", "needs an operand and an update");
        TensorType x = in.get(0);
        TensorType update = in.get(1);
        in.require(
                update.dtype() == x.dtype() && update.shape().rank() == x.shape().rank(),
                "mismatch",
                "needs an update like %s, but got %s",
                x,
                update);
        requireInside(update.shape(), x, in);
        requireStarts(x, 2, in);
        return List.of(x);
    }

    private static void requireInside(Shape slice, TensorType x, Operands in) {
        in.require(
                IntStream.range(0, slice.rank()).allMatch(i -> slice.dim(i) <= x.shape().dim(i)),
                "slice",
                "cannot fit a slice of shape %s into %s",
                slice,
                x);
    }

    private static void requireStarts(TensorType x, int from, Operands in) {
        int rank = x.shape().rank();
        in.require(
                in.count() == from + rank
                        && in.types().stream().skip(from).allMatch(TensorType.of(DType.I32)::equals),
                "starts",
                "of %s needs %s i32 scalar(s) to start at, but got %s",
                x,
                rank,
                in.types().subList(from, in.count()));
    }

    private static Shape requireIndices(Operands in) {
        TensorType indices = in.get(1);
        in.require(
                indices.dtype() == DType.I32 || indices.dtype() == DType.I64,
                "dtype",
                "needs indices of type i32 or i64, but got %s; convert them first, for example with asType(I32)",
                indices);
        return indices.shape();
    }

    private static void requireVector(int indexVector, List<Integer> map, Shape indices, Operands in) {
        in.require(
                indexVector >= 0 && indexVector <= indices.rank(),
                "index",
                "has the index vectors in dimension %s, but the indices have shape %s",
                indexVector,
                indices);
        int components = indexVector == indices.rank() ? 1 : indices.dim(indexVector);
        in.require(components == map.size(), "index", "has index vectors of %s component(s), but maps %s", components,
                map);
    }

    private static void requireBatching(
            List<Integer> operand, List<Integer> indices, int indexVector, Shape x, Shape indexShape, Operands in) {
        in.requireAxes("batching dimensions", indices, indexShape.rank());
        in.requireSorted("operand batching dimensions", operand);
        in.require(
                operand.size() == indices.size()
                        && !indices.contains(indexVector)
                        && IntStream.range(0, operand.size())
                                .allMatch(i -> x.dim(operand.get(i)) == indexShape.dim(indices.get(i))),
                "batching",
                "needs batching dimensions of equal lengths, but %s of %s and %s of %s are not",
                operand,
                x,
                indices,
                indexShape);
    }

    private static List<Integer> batchDims(Shape indices, int indexVector) {
        return indexVector == indices.rank() ? indices.dims() : indices.without(List.of(indexVector)).dims();
    }

    private static List<Integer> concat(List<Integer> a, List<Integer> b) {
        List<Integer> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
