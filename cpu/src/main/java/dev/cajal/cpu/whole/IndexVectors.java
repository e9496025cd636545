package dev.cajal.cpu.whole;

import dev.cajal.backend.RunException;
import dev.cajal.ir.GraphPrinter;
import dev.cajal.ir.Node;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/// The index vectors of a gather or scatter: where in the operand each slice begins.
final class IndexVectors {
    private final Node node;
    private final boolean wide;
    private final int count;
    private final Grid firsts;
    private final long step;
    private final int[] axes;
    private final long[] limits;
    private final long[] strides;
    private final Grid batches;

    /// @param node operands: the tensor, then the indices
    /// @param dimension the dimension of the indices that holds the components of a vector; their rank if each is a scalar
    /// @param map which axis of the operand each component is about
    /// @param operandBatching axes of the operand that run in step with ...
    /// @param indicesBatching ... these of the indices
    /// @param slice lengths of a slice, one for each axis of the operand
    IndexVectors(
            Node node,
            int dimension,
            List<Integer> map,
            List<Integer> operandBatching,
            List<Integer> indicesBatching,
            int[] slice) {
        TensorType indices = node.inputs().get(1).type();
        TensorType operand = node.inputs().getFirst().type();
        Shape shape = indices.shape();
        int bytes = indices.dtype().byteSize();
        long elementBytes = operand.dtype().byteSize();
        long[] indexStrides = shape.strides();
        long[] operandStrides = operand.shape().strides();
        int[] batchAxes = IntStream.range(0, shape.rank()).filter(axis -> axis != dimension).toArray();
        int[] dims = IntStream.of(batchAxes).map(shape::dim).toArray();
        this.node = node;
        this.wide = indices.dtype() == DType.I64;
        this.count = IntStream.of(dims).reduce(1, Math::multiplyExact);
        this.firsts = Grid.of(dims, IntStream.of(batchAxes).mapToLong(axis -> indexStrides[axis] * bytes).toArray());
        this.step = dimension == shape.rank() ? 0 : indexStrides[dimension] * bytes;
        this.axes = map.stream().mapToInt(Integer::intValue).toArray();
        this.limits = IntStream.of(axes).mapToLong(axis -> operand.shape().dim(axis) - slice[axis] + 1L).toArray();
        this.strides = IntStream.of(axes).mapToLong(axis -> operandStrides[axis] * elementBytes).toArray();
        this.batches = Grid.of(dims, IntStream.of(batchAxes).mapToLong(axis -> {
            int batching = indicesBatching.indexOf(axis);
            return batching < 0 ? 0 : operandStrides[operandBatching.get(batching)] * elementBytes;
        }).toArray());
    }

    /// The number of slices.
    int count() {
        return count;
    }

    /// Finds where each slice begins, in bytes.
    ///
    /// @param starts where that goes
    /// @throws RunException for the first slice that does not lie inside of the operand
    void starts(MemorySegment indices, long[] starts) {
        for (int i = 0; i < count; i++) {
            long at = firsts.at(i);
            long start = batches.at(i);
            for (int component = 0; component < axes.length; component++) {
                long place = at + component * step;
                long index = wide ? indices.get(Line.LONG, place) : indices.get(Line.INT, place);
                if (index < 0 || index >= limits[component]) {
                    throw RunException.index(
                            node.origin(), GraphPrinter.label(node.op()), index, axes[component], limits[component]);
                }
                start += strides[component] * index;
            }
            starts[i] = start;
        }
    }
}
