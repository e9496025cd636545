package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The gradient of a [depthwise][Depthwise] convolution by its kernel: images and the cotangent of the result give `[1, window..., 1, channels]`.
///
/// The lines are cut into slices, as many as their number says, so that the bits do not depend on threads. A slice adds up places of the same number by themselves, then these, then all slices
/// are added up.
record DepthwiseGradientKernel(Pool pool) implements WholeKernel {
    private static final int MOST_SLICES = 16;

    /// What one thread needs at a time besides a [Pool.Scratch].
    private record Sums(float[] cotangent, float[] byPlace) {}

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        int taps = pool.lines().taps() * pool.along().size();
        int lines = pool.lines().places();
        int slices = Math.min(MOST_SLICES, lines);
        float[] parts = new float[slices * taps * pool.channels()];
        Recycler<Sums> sums = new Recycler<>(
                () -> new Sums(new float[pool.made()], new float[Math.multiplyExact(taps, pool.made())]));
        TaskBody body = slice -> {
            Pool.Scratch scratch = pool.scratch().take();
            Sums mine = sums.take();
            Arrays.fill(mine.byPlace, 0);
            int end = (int) ((slice + 1L) * lines / slices);
            for (int line = (int) ((long) slice * lines / slices); line < end; line++) {
                Pool.read(operands[1], (long) line * pool.made(), mine.cotangent);
                Depthwise.line(pool, line, scratch, operands[0], mine.cotangent, 0, mine.byPlace, pool.made());
            }
            addPlaces(mine.byPlace, parts, slice * taps * pool.channels(), taps);
            sums.give(mine);
            pool.scratch().give(scratch);
        };
        return () -> {
            WorkerPool.shared().run(slices, body);
            addSlices(parts, slices, taps * pool.channels(), results[0]);
        };
    }

    private void addPlaces(float[] byPlace, float[] parts, int to, int taps) {
        int channels = pool.channels();
        for (int tap = 0; tap < taps; tap++) {
            int target = to + tap * channels;
            System.arraycopy(byPlace, tap * pool.made(), parts, target, channels);
            for (int place = 1; place < pool.along().places(); place++) {
                add(byPlace, tap * pool.made() + place * channels, parts, target, channels);
            }
        }
    }

    private static void addSlices(float[] parts, int slices, int count, MemorySegment result) {
        for (int slice = 1; slice < slices; slice++) {
            add(parts, slice * count, parts, 0, count);
        }
        MemorySegment.copy(parts, 0, result, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, count);
    }

    private static void add(float[] from, int first, float[] to, int target, int count) {
        for (int i = 0; i < count; i++) {
            to[target + i] += from[first + i];
        }
    }
}
