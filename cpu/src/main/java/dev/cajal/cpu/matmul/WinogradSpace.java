package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What one thread needs for [Winograd] at a time, as large as the largest that there was.
final class WinogradSpace {
    private static final Recycler<WinogradSpace> FREE = new Recycler<>(WinogradSpace::new);
    private static final int POINTS = WinogradTransform.POINTS;
    private static final int TAPS = WinogradTransform.TAPS;

    /// A line of an image with its padding.
    float[] line = new float[0];
    /// What the tiles of a strip see, point by point, and the same transformed.
    final float[][] seen = new float[POINTS][0];
    /// Their sums, and then their results.
    final float[][] sums = new float[POINTS][0];
    /// Two lines of results, and the same where a tail finds them.
    float[] lines = new float[0];
    MemorySegment tile = MemorySegment.NULL;
    /// The first operands of the products, point by point, and the products.
    MemorySegment left = MemorySegment.NULL;
    MemorySegment products = MemorySegment.NULL;
    /// A row of a kernel: its taps, the same transformed along one side, and along both.
    final float[][] taps = new float[TAPS * TAPS][0];
    final float[][] between = new float[WinogradTransform.SIDE * TAPS][0];
    final float[][] points = new float[POINTS][0];

    private WinogradSpace() {}

    /// One that nobody else uses.
    ///
    /// @param rows of the products
    static WinogradSpace take(Planes planes, int rows) {
        WinogradSpace space = FREE.take();
        int across = planes.tilesAcross();
        space.line = atLeast(space.line, 2 * (across + 1) * planes.channels());
        space.lines = atLeast(space.lines, 2 * planes.placesAcross() * planes.features());
        grow(space.seen, across * planes.channels());
        grow(space.sums, across * planes.features());
        grow(space.taps, planes.features());
        grow(space.between, planes.features());
        grow(space.points, planes.features());
        space.tile = atLeast(space.tile, 4L * space.lines.length);
        space.left = atLeast(space.left, 4L * POINTS * rows * planes.channels());
        space.products = atLeast(space.products, 4L * POINTS * rows * planes.features());
        return space;
    }

    void give() {
        FREE.give(this);
    }

    private static void grow(float[][] rows, int length) {
        for (int i = 0; i < rows.length; i++) {
            rows[i] = atLeast(rows[i], length);
        }
    }

    private static float[] atLeast(float[] array, int length) {
        return array.length >= length ? array : new float[length];
    }

    private static MemorySegment atLeast(MemorySegment segment, long bytes) {
        return segment.byteSize() >= bytes ? segment : Arena.ofAuto().allocate(bytes, 64);
    }
}
