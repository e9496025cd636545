package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What one thread needs for [Winograd] at a time, as large as the largest that there was.
final class WinogradSpace {
    private static final Recycler<WinogradSpace> FREE = new Recycler<>(WinogradSpace::new);
    private static final int POINTS = WinogradTransform.POINTS;
    private static final int TAPS = WinogradWeights.TAPS;

    /// Four lines of an image with their padding.
    MemorySegment lines = MemorySegment.NULL;
    /// Two lines of results, where a tail finds them.
    MemorySegment tile = MemorySegment.NULL;
    /// The first operands of the products, point by point, and the products.
    MemorySegment left = MemorySegment.NULL;
    MemorySegment products = MemorySegment.NULL;
    /// A tile of the products.
    float[] sums = new float[0];
    /// A row of a kernel: its taps, the same transformed along one side, and along both.
    final float[][] taps = new float[TAPS * TAPS][0];
    final float[][] between = new float[WinogradTransform.SIDE * TAPS][0];
    final float[][] points = new float[POINTS][0];

    private WinogradSpace() {}

    /// One that nobody else uses.
    ///
    /// @param rows of the products
    /// @param tile elements of a tile of them
    static WinogradSpace take(Planes planes, int rows, int tile) {
        WinogradSpace space = FREE.take();
        space.lines = atLeast(space.lines, WinogradTransform.SIDE * lineBytes(planes));
        grow(space.taps, planes.features());
        grow(space.between, planes.features());
        grow(space.points, planes.features());
        space.sums = atLeast(space.sums, tile);
        space.tile = atLeast(space.tile, 8L * planes.placesAcross() * planes.features());
        space.left = atLeast(space.left, POINTS * pointBytes(rows, planes.channels()));
        space.products = atLeast(space.products, POINTS * pointBytes(rows, planes.features()));
        return space;
    }

    /// Bytes of what the tiles of a strip see of a line.
    static long lineBytes(Planes planes) {
        return 8L * (planes.tilesAcross() + 1) * planes.channels();
    }

    /// Bytes of one point of all tiles, and a cache line: else all points of a tile would compete for the same few places in the cache.
    static long pointBytes(int rows, int numbers) {
        return 4L * rows * numbers + 64;
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
