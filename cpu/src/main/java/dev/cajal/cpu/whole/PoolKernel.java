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
                Pool.write(scratch.made(), results[0], (long) line * pool.made());
            }
            pool.scratch().give(scratch);
        };
        return () -> WorkerPool.shared().run(Math.ceilDiv(lines, each), body);
    }

    private void line(int line, Pool.Scratch scratch, MemorySegment images) {
        Arrays.fill(scratch.made(), switch (reducer) {
            case MAX -> Float.NEGATIVE_INFINITY;
            case MIN -> Float.POSITIVE_INFINITY;
            default -> 0;
        });
        for (int tap = 0; tap < pool.lines().taps(); tap++) {
            long start = pool.lines().start(line, tap);
            if (start >= 0) {
                Pool.read(images, start, scratch.seen());
                combine(scratch.made(), scratch.seen());
            }
        }
    }

    private void combine(float[] made, float[] seen) {
        int channels = pool.channels();
        for (int place = 0; place < pool.along().places(); place++) {
            for (int tap = 0; tap < pool.along().size(); tap++) {
                int index = pool.along().index(place, tap);
                if (index < 0) {
                    continue;
                }
                switch (reducer) {
                    case MAX -> largest(made, place * channels, seen, index * channels, channels);
                    case MIN -> smallest(made, place * channels, seen, index * channels, channels);
                    default -> add(made, place * channels, seen, index * channels, channels);
                }
            }
        }
    }

    private static void largest(float[] made, int at, float[] seen, int from, int count) {
        for (int i = 0; i < count; i++) {
            made[at + i] = Math.max(made[at + i], seen[from + i]);
        }
    }

    private static void smallest(float[] made, int at, float[] seen, int from, int count) {
        for (int i = 0; i < count; i++) {
            made[at + i] = Math.min(made[at + i], seen[from + i]);
        }
    }

    private static void add(float[] made, int at, float[] seen, int from, int count) {
        for (int i = 0; i < count; i++) {
            made[at + i] += seen[from + i];
        }
    }
}
