package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The transpose of patches: a row for each tap and channel, packed as [stripes][VectorPacking].
final class TurnedPatches extends PatchSource {
    private static final int STRIPE = TileShape.STRIPE;
    /// From step to step along `k` in a stripe.
    private static final long STEP = STRIPE * (long) Float.BYTES;

    /// What one place sees at the border of an image.
    private final MemorySegment border;

    TurnedPatches(Patches patches) {
        super(patches);
        this.border = Arena.ofAuto().allocate(4L * patches.run() + 2L * VectorTiles.VECTOR * Float.BYTES, 64);
    }

    /// Whether stripes can be made of the images without a detour.
    static boolean areFor(Patches patches) {
        return patches.isDense() && patches.run() % STRIPE == 0;
    }

    @Override
    TileShape.Operands operands() {
        return TileShape.Operands.STRIPES;
    }

    @Override
    void pack(int p, int k, int row, int rows, MemorySegment out) {
        long stripeStep = VectorPacking.stripeStep(k);
        for (int i = 0; i < k;) {
            int together = Math.min(k - i, patches.placesLeft(p + i));
            for (int at = row; at < row + rows;) {
                int count = Math.min(patches.run() - at % patches.run(), row + rows - at);
                long target = (at - row) / STRIPE * stripeStep + STEP * i;
                line(p + i, together, at, count, out, target, stripeStep);
                at += count;
            }
            i += together;
        }
    }

    /// Places on one line, and columns of one tap before the last dimension.
    private void line(int row, int places, int column, int count, MemorySegment out, long out0, long stripeStep) {
        long line = patches.line(row, column);
        if (line < 0) {
            VectorPacking.stripes(Patches.ZEROS, 0, 0, count, places, out, out0, stripeStep);
            return;
        }
        int first = patches.firstInside(row, places);
        int last = patches.lastInside(row, places, first);
        atBorder(row, 0, first, column, count, out, out0, stripeStep);
        if (first < last) {
            VectorPacking.stripes(images, start + 4 * patches.seen(row + first, column), patches.placeBytes(), count,
                    last - first, out, out0 + STEP * first, stripeStep);
        }
        atBorder(row, last, places, column, count, out, out0, stripeStep);
    }

    private void atBorder(int row, int from, int to, int column, int count, MemorySegment out, long out0,
            long stripeStep) {
        for (int i = from; i < to; i++) {
            patches.copy(images, start, row + i, 1, column, count, border, 0);
            VectorPacking.stripes(border, 0, 0, count, 1, out, out0 + STEP * i, stripeStep);
        }
    }
}
