package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A [depthwise][Depthwise] convolution: images by `[window..., 1, channels]`.
record DepthwiseKernel(Pool pool) implements WholeKernel {
    /// Products in a task.
    private static final int TASK = 1 << 17;

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        int taps = pool.lines().taps() * pool.along().size();
        int lines = pool.lines().places();
        int each = Math.clamp(TASK / Math.max(1, (long) pool.made() * taps), 1, lines);
        // The weights of each tap, again for each place of a line.
        float[] weights = new float[Math.multiplyExact(taps, pool.made())];
        TaskBody body = task -> {
            Pool.Scratch scratch = pool.scratch().take();
            for (int line = task * each; line < Math.min(lines, (task + 1) * each); line++) {
                Arrays.fill(scratch.made, 0);
                Depthwise.line(pool, line, scratch, operands[0], weights, pool.made(), scratch.made, 0);
                Pool.write(scratch.made, results[0], (long) line * pool.made());
            }
            pool.scratch().give(scratch);
        };
        return () -> {
            repeat(operands[1], weights, taps);
            WorkerPool.shared().run(Math.ceilDiv(lines, each), body);
        };
    }

    private void repeat(MemorySegment kernel, float[] weights, int taps) {
        int channels = pool.channels();
        for (int tap = 0; tap < taps; tap++) {
            int first = tap * pool.made();
            MemorySegment.copy(kernel, ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * tap * channels, weights, first, channels);
            for (int place = 1; place < pool.along().places(); place++) {
                System.arraycopy(weights, first, weights, first + place * channels, channels);
            }
        }
    }
}
