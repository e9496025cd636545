package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Loops over two tensors at once, in equal steps along each dimension; the innermost loop is a [Line]. Dimensions that follow on each other in both
/// tensors are one loop.
final class Nest {
    /// Elements worth a task of their own.
    private static final long TASK = 32_768;

    private final int[] dims;
    private final long[] from;
    private final long[] to;

    private record Loop(int length, long from, long to) {}

    private Nest(int[] dims, long[] from, long[] to) {
        this.dims = dims;
        this.from = from;
        this.to = to;
    }

    /// @param dims lengths of the loops, outermost first
    /// @param from how many elements apart two points of each loop are in the first tensor
    /// @param to the same in the second tensor
    static Nest of(DType dtype, int[] dims, long[] from, long[] to) {
        List<Loop> loops = new ArrayList<>();
        for (int i = 0; i < dims.length; i++) {
            Loop inner = new Loop(dims[i], from[i] * dtype.byteSize(), to[i] * dtype.byteSize());
            Loop outer = loops.isEmpty() ? null : loops.getLast();
            if (inner.length == 1) {
                continue;
            }
            if (outer != null && outer.from == inner.from * inner.length && outer.to == inner.to * inner.length
                    && (long) outer.length * inner.length <= Integer.MAX_VALUE) {
                loops.set(loops.size() - 1, new Loop(outer.length * inner.length, inner.from, inner.to));
            } else {
                loops.add(inner);
            }
        }
        if (loops.isEmpty()) {
            loops.add(new Loop(1, dtype.byteSize(), dtype.byteSize()));
        }
        return new Nest(
                loops.stream().mapToInt(Loop::length).toArray(),
                loops.stream().mapToLong(Loop::from).toArray(),
                loops.stream().mapToLong(Loop::to).toArray());
    }

    /// Elements that all loops pass.
    long size() {
        long size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        return size;
    }

    /// Runs all loops in this thread, in row-major order.
    void run(Line line, MemorySegment source, long f, MemorySegment target, long t) {
        if (dims.length == 1) {
            line.run(source, f, from[0], target, t, to[0], dims[0]);
        } else {
            loop(0, line, source, f, target, t);
        }
    }

    private void loop(int depth, Line line, MemorySegment source, long f, MemorySegment target, long t) {
        if (depth == dims.length - 1) {
            line.run(source, f, from[depth], target, t, to[depth], dims[depth]);
            return;
        }
        for (int i = 0; i < dims[depth]; i++) {
            loop(depth + 1, line, source, f + i * from[depth], target, t + i * to[depth]);
        }
    }

    /// All loops on several threads; for lines whose writes do not meet.
    Parallel parallel(Line line) {
        return new Parallel(line, pieces((int) Math.max(1, Math.min(size() / TASK, longest()))));
    }

    /// Loops in pieces, to be run over and over, one run at a time.
    static final class Parallel {
        private final Line line;
        private final List<Piece> pieces;
        private final TaskBody body = this::piece;
        private MemorySegment source = MemorySegment.NULL;
        private MemorySegment target = MemorySegment.NULL;
        private long f;
        private long t;

        private Parallel(Line line, List<Piece> pieces) {
            this.line = line;
            this.pieces = List.copyOf(pieces);
        }

        /// Runs all loops.
        ///
        /// @param f where they begin in the first tensor, in bytes
        /// @param t the same in the second tensor
        void run(MemorySegment source, long f, MemorySegment target, long t) {
            this.source = source;
            this.target = target;
            this.f = f;
            this.t = t;
            WorkerPool.shared().run(pieces.size(), body);
        }

        private void piece(int number) {
            Piece piece = pieces.get(number);
            piece.nest().run(line, source, f + piece.from(), target, t + piece.to());
        }
    }

    /// A part of a nest.
    ///
    /// @param from where it begins in the first tensor, in bytes
    /// @param to the same in the second tensor
    record Piece(Nest nest, long from, long to) {}

    private int longest() {
        int longest = 0;
        for (int dim : dims) {
            longest = Math.max(longest, dim);
        }
        return longest;
    }

    /// The longest loop cut into parts of about the same length.
    List<Piece> pieces(int wanted) {
        int axis = 0;
        while (dims[axis] != longest()) {
            axis++;
        }
        int each = Math.max(1, Math.ceilDiv(dims[axis], wanted));
        List<Piece> pieces = new ArrayList<>();
        for (int start = 0; start < dims[axis]; start += each) {
            int[] part = dims.clone();
            part[axis] = Math.min(each, dims[axis] - start);
            pieces.add(new Piece(new Nest(part, from, to), start * from[axis], start * to[axis]));
        }
        return pieces;
    }
}
