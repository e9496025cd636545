package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Sorts lines by the first operand. Each line becomes keys whose order as whole numbers is the total order; the keys of narrow types carry their
/// position in the low half, so sorting plain numbers is stable.
final class SortKernel implements WholeKernel {
    /// Elements worth a task of their own.
    private static final int TASK = 4096;

    private final DType dtype;
    private final boolean descending;
    private final int length;
    private final int lines;
    private final long stride;
    private final Grid firsts;
    private final int[] sizes;
    private final Recycler<Scratch> scratches;

    SortKernel(Node node, Op.Sort op) {
        Shape shape = node.inputs().getFirst().shape();
        long[] strides = shape.strides();
        int[] others = IntStream.range(0, shape.rank()).filter(axis -> axis != op.dimension()).toArray();
        int[] dims = IntStream.of(others).map(shape::dim).toArray();
        this.dtype = node.inputs().getFirst().dtype();
        this.descending = op.descending();
        this.length = shape.dim(op.dimension());
        this.stride = strides[op.dimension()];
        this.lines = IntStream.of(dims).reduce(1, Math::multiplyExact);
        this.firsts = Grid.of(dims, IntStream.of(others).mapToLong(axis -> strides[axis]).toArray());
        this.scratches = new Recycler<>(() -> new Scratch(new long[length], new int[length], new int[length]));
        this.sizes = node.inputs().stream().mapToInt(input -> input.dtype().byteSize()).toArray();
    }

    /// What one thread sorts in.
    ///
    /// @param spare for sorting by merging
    private record Scratch(long[] keys, int[] order, int[] spare) {}

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        if (length == 0) {
            return () -> {};
        }
        int perTask = Math.max(1, TASK / length);
        TaskBody work = task -> {
            Scratch scratch = scratches.take();
            int last = (int) Math.min(lines, (task + 1L) * perTask);
            for (int line = task * perTask; line < last; line++) {
                long first = firsts.at(line);
                order(operands[0], first, scratch);
                for (int i = 0; i < sizes.length; i++) {
                    permute(operands[i], results[i], first, scratch.order(), sizes[i]);
                }
            }
            scratches.give(scratch);
        };
        return () -> WorkerPool.shared().run(Math.ceilDiv(lines, perTask), work);
    }

    private void order(MemorySegment memory, long first, Scratch scratch) {
        long[] keys = scratch.keys();
        int[] order = scratch.order();
        for (int i = 0; i < length; i++) {
            long key = key(memory, first + i * stride);
            keys[i] = descending ? ~key : key;
        }
        if (dtype.byteSize() == Long.BYTES) {
            mergeSort(keys, order, scratch.spare());
            return;
        }
        for (int i = 0; i < length; i++) {
            keys[i] = keys[i] << 32 | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < length; i++) {
            order[i] = (int) keys[i];
        }
    }

    /// An element as a whole number that is ordered alike: NaN, of which there is one, comes last, `-0` before `+0`.
    private long key(MemorySegment memory, long at) {
        return switch (dtype) {
            case F32 -> floatKey(memory.get(Line.FLOAT, at * 4));
            case BF16 -> floatKey(Float.intBitsToFloat(memory.get(Line.SHORT, at * 2) << 16));
            case F64 -> {
                long bits = Double.doubleToLongBits(memory.get(Line.DOUBLE, at * 8));
                yield bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
            }
            case I32 -> memory.get(Line.INT, at * 4);
            case I64 -> memory.get(Line.LONG, at * 8);
            case U8, BOOL -> memory.get(Line.BYTE, at) & 0xff;
        };
    }

    private static long floatKey(float number) {
        int bits = Float.floatToIntBits(number);
        return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
    }

    /// Positions in the order of their keys, equal ones in the order of positions.
    private static void mergeSort(long[] keys, int[] order, int[] spare) {
        int n = order.length;
        int[] from = spare;
        int[] to = order;
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        for (int width = 1; width < n; width *= 2) {
            for (int start = 0; start < n; start += 2 * width) {
                merge(keys, from, to, start, Math.min(n, start + width), Math.min(n, start + 2 * width));
            }
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        if (from != order) {
            System.arraycopy(from, 0, order, 0, n);
        }
    }

    private static void merge(long[] keys, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || keys[from[left]] <= keys[from[right]]);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private void permute(MemorySegment from, MemorySegment to, long first, int[] order, int size) {
        for (int i = 0; i < length; i++) {
            long source = (first + order[i] * stride) * size;
            long target = (first + i * stride) * size;
            switch (size) {
                case 1 -> to.set(Line.BYTE, target, from.get(Line.BYTE, source));
                case 2 -> to.set(Line.SHORT, target, from.get(Line.SHORT, source));
                case 4 -> to.set(Line.INT, target, from.get(Line.INT, source));
                default -> to.set(Line.LONG, target, from.get(Line.LONG, source));
            }
        }
    }
}
