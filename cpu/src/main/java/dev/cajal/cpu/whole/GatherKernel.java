package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/// Copies slices, several at a time.
final class GatherKernel implements WholeKernel {
    /// Elements worth a task of their own.
    private static final long TASK = 16_384;

    private final IndexVectors vectors;
    private final Nest slice;
    private final Grid places;
    private final Line copy;

    GatherKernel(Node node, Op.Gather op) {
        GatherDimensions d = op.dimensions();
        Shape operand = node.inputs().getFirst().shape();
        Shape result = node.types().getFirst().shape();
        DType dtype = node.types().getFirst().dtype();
        long[] operandStrides = operand.strides();
        long[] resultStrides = result.strides();
        int[] sizes = op.sliceSizes().stream().mapToInt(Integer::intValue).toArray();
        int[] sliced = IntStream.range(0, operand.rank())
                .filter(axis -> !d.collapsed().contains(axis) && !d.operandBatching().contains(axis))
                .toArray();
        int[] offset = d.offset().stream().mapToInt(Integer::intValue).sorted().toArray();
        int[] batch = IntStream.range(0, result.rank()).filter(axis -> !d.offset().contains(axis)).toArray();
        this.vectors = new IndexVectors(
                node, d.indexVector(), d.startIndexMap(), d.operandBatching(), d.indicesBatching(), sizes);
        this.slice = Nest.of(
                dtype,
                IntStream.of(sliced).map(axis -> sizes[axis]).toArray(),
                IntStream.of(sliced).mapToLong(axis -> operandStrides[axis]).toArray(),
                IntStream.of(offset).mapToLong(axis -> resultStrides[axis]).toArray());
        this.places = Grid.of(
                IntStream.of(batch).map(result::dim).toArray(),
                IntStream.of(batch).mapToLong(axis -> resultStrides[axis] * dtype.byteSize()).toArray());
        this.copy = Line.copy(dtype);
    }

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        long[] starts = new long[vectors.count()];
        if (starts.length == 0 || slice.size() == 0) {
            return () -> vectors.starts(operands[1], starts);
        }
        if (starts.length == 1) {
            Nest.Parallel one = slice.parallel(copy);
            return () -> {
                vectors.starts(operands[1], starts);
                one.run(operands[0], starts[0], results[0], 0);
            };
        }
        int perTask = (int) Math.max(1, TASK / slice.size());
        TaskBody work = task -> {
            int last = (int) Math.min(starts.length, (task + 1L) * perTask);
            for (int i = task * perTask; i < last; i++) {
                slice.run(copy, operands[0], starts[i], results[0], places.at(i));
            }
        };
        return () -> {
            vectors.starts(operands[1], starts);
            WorkerPool.shared().run(Math.ceilDiv(starts.length, perTask), work);
        };
    }
}
