package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/// Gives each number of the source to where the window has its first largest or smallest element, in single precision.
///
/// Windows may overlap, so an image is gone through by one thread, window after window.
///
/// @param largest else the smallest
record PoolGradientKernel(Pool pool, boolean largest) implements WholeKernel {
    static Optional<WholeKernel> of(Node node, Op.SelectAndScatter op) {
        return node.types().getFirst().dtype() == DType.F32
                ? Pool.of(op.window(), node.inputs().get(0).shape(), node.inputs().get(1).shape())
                        .map(pool -> new PoolGradientKernel(pool, op.select() == Comparison.GE))
                : Optional.empty();
    }

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        int lines = pool.lines().places() / pool.images();
        TaskBody body = image -> {
            Pool.Scratch scratch = pool.scratch().take();
            long bytes = results[0].byteSize() / pool.images();
            results[0].asSlice(image * bytes, bytes).fill((byte) 0);
            for (int line = image * lines; line < (image + 1) * lines; line++) {
                choose(line, scratch, operands[0]);
                Pool.read(operands[1], (long) line * pool.made(), scratch.given());
                give(line, scratch, results[0]);
            }
            pool.scratch().give(scratch);
        };
        return () -> WorkerPool.shared().run(pool.images(), body);
    }

    /// Finds the tap of each window of a line, counted through all of its taps.
    private void choose(int line, Pool.Scratch scratch, MemorySegment images) {
        Arrays.fill(scratch.chosen(), -1);
        // So that whatever comes first is chosen.
        Arrays.fill(scratch.made(), largest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
        int channels = pool.channels();
        for (int outer = 0; outer < pool.lines().taps(); outer++) {
            long start = pool.lines().start(line, outer);
            if (start < 0) {
                continue;
            }
            Pool.read(images, start, scratch.seen());
            for (int place = 0; place < pool.along().places(); place++) {
                for (int tap = 0; tap < pool.along().size(); tap++) {
                    int index = pool.along().index(place, tap);
                    if (index >= 0) {
                        choose(scratch, place * channels, index * channels, outer * pool.along().size() + tap);
                    }
                }
            }
        }
    }

    private void choose(Pool.Scratch scratch, int at, int from, int tap) {
        float[] seen = scratch.seen();
        float[] best = scratch.made();
        int[] chosen = scratch.chosen();
        for (int i = 0; i < pool.channels(); i++) {
            float x = seen[from + i];
            float y = best[at + i];
            boolean better = (largest ? x > y : x < y) | Float.isNaN(x);
            if (chosen[at + i] < 0 | better & !Float.isNaN(y)) {
                best[at + i] = x;
                chosen[at + i] = tap;
            }
        }
    }

    private void give(int line, Pool.Scratch scratch, MemorySegment gradient) {
        int channels = pool.channels();
        for (int outer = 0; outer < pool.lines().taps(); outer++) {
            long start = pool.lines().start(line, outer);
            if (start < 0) {
                continue;
            }
            Pool.read(gradient, start, scratch.seen());
            for (int place = 0; place < pool.along().places(); place++) {
                for (int tap = 0; tap < pool.along().size(); tap++) {
                    int index = pool.along().index(place, tap);
                    if (index >= 0) {
                        give(scratch, place * channels, index * channels, outer * pool.along().size() + tap);
                    }
                }
            }
            Pool.write(scratch.seen(), gradient, start);
        }
    }

    private void give(Pool.Scratch scratch, int at, int to, int tap) {
        float[] gradient = scratch.seen();
        float[] given = scratch.given();
        int[] chosen = scratch.chosen();
        for (int i = 0; i < pool.channels(); i++) {
            gradient[to + i] += chosen[at + i] == tap ? given[at + i] : 0;
        }
    }
}
