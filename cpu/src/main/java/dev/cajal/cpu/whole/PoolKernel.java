package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/// The largest, the smallest or the sum of what a window sees, in single precision.
///
/// @param reducer [Reducer#MAX], [Reducer#MIN] or [Reducer#SUM]
record PoolKernel(Pool pool, Reducer reducer) implements WholeKernel {
    /// Elements that are combined in a task.
    private static final int TASK = 1 << 16;

    static Optional<WholeKernel> of(Node node, Op.ReduceWindow op) {
        boolean known = switch (op.reducer()) {
            case MAX, MIN, SUM -> node.types().getFirst().dtype() == DType.F32;
            case PRODUCT, AND, OR -> false;
        };
        return known
                ? Pool.of(op.window(), node.inputs().getFirst().shape(), node.types().getFirst().shape())
                        .map(pool -> new PoolKernel(pool, op.reducer()))
                : Optional.empty();
    }

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        int lines = pool.lines().places();
        long work = (long) pool.made() * pool.lines().taps() * pool.along().size();
        int each = Math.clamp(TASK / Math.max(1, work), 1, lines);
        TaskBody body = task -> {
            Pool.Scratch scratch = pool.scratch().take();
            for (int line = task * each; line < Math.min(lines, (task + 1) * each); line++) {
                line(line, scratch, operands[0]);
                Pool.write(scratch.made, results[0], (long) line * pool.made());
            }
            pool.scratch().give(scratch);
        };
        return () -> WorkerPool.shared().run(Math.ceilDiv(lines, each), body);
    }

    private void line(int line, Pool.Scratch scratch, MemorySegment images) {
        Arrays.fill(scratch.made, reducer == Reducer.SUM ? 0 : neutral());
        for (int tap = 0; tap < pool.lines().taps(); tap++) {
            long start = pool.lines().start(line, tap);
            if (start >= 0) {
                Pool.read(images, start, scratch.seen);
                combine(scratch);
            }
        }
    }

    private void combine(Pool.Scratch scratch) {
        for (int tap = 0; tap < pool.along().size(); tap++) {
            pool.gather(scratch.seen, tap, scratch.side, neutral());
            switch (reducer) {
                case MAX -> largest(scratch.made, scratch.side);
                case MIN -> smallest(scratch.made, scratch.side);
                default -> add(scratch.made, scratch.side);
            }
        }
    }

    private float neutral() {
        return switch (reducer) {
            case MAX -> Float.NEGATIVE_INFINITY;
            case MIN -> Float.POSITIVE_INFINITY;
            // The only number that changes no sum.
            default -> -0f;
        };
    }

    private static void largest(float[] made, float[] seen) {
        for (int i = 0; i < made.length; i++) {
            made[i] = Math.max(made[i], seen[i]);
        }
    }

    private static void smallest(float[] made, float[] seen) {
        for (int i = 0; i < made.length; i++) {
            made[i] = Math.min(made[i], seen[i]);
        }
    }

    private static void add(float[] made, float[] seen) {
        for (int i = 0; i < made.length; i++) {
            made[i] += seen[i];
        }
    }
}
