package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Operations that only move elements.
final class Moves {
    /// Bytes worth a task of their own.
    private static final long TASK = 1 << 17;

    private Moves() {}

    /// Copies the first operand to the first result; nothing if both are the same memory.
    static Runnable copyAll(MemorySegment[] operands, MemorySegment[] results, long bytes) {
        TaskBody part = task -> {
            long at = task * TASK;
            MemorySegment.copy(operands[0], at, results[0], at, Math.min(TASK, bytes - at));
        };
        int parts = Math.toIntExact(Math.ceilDiv(bytes, TASK));
        return () -> {
            if (operands[0].address() != results[0].address()) {
                WorkerPool.shared().run(parts, part);
            }
        };
    }

    static WholeKernel pad(Node node, Op.Pad op) {
        Shape shape = node.inputs().getFirst().shape();
        TensorType type = node.types().getFirst();
        DType dtype = type.dtype();
        Shape target = type.shape();
        int[] dims = new int[shape.rank()];
        long[] steps = target.strides();
        long from = 0;
        long to = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            // Elements `first` to `last` - 1 of the operand come to lie inside.
            int low = op.low().get(axis);
            int step = op.interior().get(axis) + 1;
            int first = low >= 0 ? 0 : Math.ceilDiv(-low, step);
            int last = Math.min(shape.dim(axis), Math.ceilDiv(target.dim(axis) - low, step));
            dims[axis] = Math.max(0, last - first);
            from += shape.strides()[axis] * first;
            to += steps[axis] * (low + (long) first * step);
            steps[axis] *= step;
        }
        Nest inside = Nest.of(dtype, dims, shape.strides(), steps);
        Nest all = Nest.of(dtype, new int[] {Math.toIntExact(type.size())}, new long[] {0}, new long[] {1});
        Line copy = Line.copy(dtype);
        long fromBytes = from * dtype.byteSize();
        long toBytes = to * dtype.byteSize();
        boolean covers = inside.size() == type.size();
        boolean nothing = inside.size() == 0;
        return (operands, results) -> {
            Nest.Parallel filling = all.parallel(copy);
            Nest.Parallel copying = inside.parallel(copy);
            return () -> {
                if (!covers) {
                    filling.run(operands[1], 0, results[0], 0);
                }
                if (!nothing) {
                    copying.run(operands[0], fromBytes, results[0], toBytes);
                }
            };
        };
    }

    static WholeKernel concatenate(Node node, Op.Concatenate op) {
        TensorType type = node.types().getFirst();
        DType dtype = type.dtype();
        long[] strides = type.shape().strides();
        int count = node.inputs().size();
        Nest[] nests = new Nest[count];
        long[] starts = new long[count];
        long start = 0;
        for (int i = 0; i < count; i++) {
            Shape shape = node.inputs().get(i).shape();
            nests[i] = Nest.of(dtype, shape.toArray(), shape.strides(), strides);
            starts[i] = start * dtype.byteSize();
            start += strides[op.dimension()] * shape.dim(op.dimension());
        }
        Line copy = Line.copy(dtype);
        return (operands, results) -> {
            Nest.Parallel[] copying = Stream.of(nests).map(nest -> nest.parallel(copy)).toArray(Nest.Parallel[]::new);
            return () -> {
                for (int i = 0; i < count; i++) {
                    if (nests[i].size() > 0) {
                        copying[i].run(operands[i], 0, results[0], starts[i]);
                    }
                }
            };
        };
    }

    static WholeKernel dynamicSlice(Node node) {
        TensorType type = node.types().getFirst();
        Shape shape = node.inputs().getFirst().shape();
        Nest nest = Nest.of(type.dtype(), type.shape().toArray(), shape.strides(), type.shape().strides());
        Starts starts = Starts.of(node.inputs().getFirst().type(), type.shape(), 1);
        Line copy = Line.copy(type.dtype());
        boolean nothing = type.size() == 0;
        return (operands, results) -> {
            Nest.Parallel copying = nest.parallel(copy);
            return () -> {
                if (!nothing) {
                    copying.run(operands[0], starts.position(operands), results[0], 0);
                }
            };
        };
    }

    static WholeKernel dynamicUpdateSlice(Node node) {
        TensorType type = node.types().getFirst();
        Value update = node.inputs().get(1);
        Nest nest = Nest.of(
                type.dtype(), update.shape().toArray(), update.shape().strides(), type.shape().strides());
        Starts starts = Starts.of(type, update.shape(), 2);
        Line copy = Line.copy(type.dtype());
        boolean nothing = update.type().size() == 0;
        long bytes = type.byteSize();
        return (operands, results) -> {
            Runnable all = copyAll(operands, results, bytes);
            Nest.Parallel copying = nest.parallel(copy);
            return () -> {
                all.run();
                if (!nothing) {
                    copying.run(operands[1], 0, results[0], starts.position(operands));
                }
            };
        };
    }

    /// Computed starts of a slice, clamped so that it lies inside.
    ///
    /// @param first the operand that holds the first of them
    /// @param last the largest start along each axis
    /// @param steps bytes from one start to the next
    private record Starts(int first, List<Integer> last, List<Long> steps) {
        static Starts of(TensorType type, Shape slice, int first) {
            Shape shape = type.shape();
            List<Integer> last = new ArrayList<>();
            List<Long> steps = new ArrayList<>();
            for (int axis = 0; axis < shape.rank(); axis++) {
                last.add(shape.dim(axis) - slice.dim(axis));
                steps.add(shape.strides()[axis] * type.dtype().byteSize());
            }
            return new Starts(first, List.copyOf(last), List.copyOf(steps));
        }

        long position(MemorySegment[] operands) {
            long position = 0;
            for (int axis = 0; axis < last.size(); axis++) {
                int start = operands[first + axis].get(Line.INT, 0);
                position += steps.get(axis) * Math.clamp(start, 0, last.get(axis));
            }
            return position;
        }
    }
}
