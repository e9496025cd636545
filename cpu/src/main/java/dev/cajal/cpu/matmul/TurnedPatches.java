package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The transpose of patches: a row for each tap and channel, packed as [stripes][VectorPacking].
final class TurnedPatches extends PatchSource {
    private static final int STRIPE = TileShape.STRIPE;
    /// From step to step along `k` in a stripe.
    private static final long STEP = STRIPE * (long) Float.BYTES;

    /// Elements of the lines that are kept with their padding, about: half of a small second-level cache.
    private static final int KEPT = 1 << 16;
    /// What vectors read beyond the last line.
    private static final int BEYOND = STRIPE + VectorTiles.VECTOR;

    /// Lines of the images with their padding, each at its number modulo how many there are, and which they are; -1 is none.
    private MemorySegment lines = MemorySegment.NULL;
    private final long[] kept;
    private final long lineBytes;
    private @Nullable PackedMemory memory;

    TurnedPatches(Patches patches) {
        super(patches);
        this.kept = new long[Math.max(1, KEPT / patches.lineElements())];
        this.lineBytes = 4L * patches.lineElements();
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

    @Override
    void begin() {
        PackedMemory taken = PackedMemory.FREE.take();
        lines = taken.atLeast(kept.length * lineBytes + 4L * BEYOND);
        memory = taken;
        Arrays.fill(kept, -1);
    }

    @Override
    void end() {
        PackedMemory taken = memory;
        if (taken != null) {
            PackedMemory.FREE.give(taken);
        }
        memory = null;
    }

    /// Places on one line, and columns of one tap before the last dimension.
    private void line(int row, int places, int column, int count, MemorySegment out, long out0, long stripeStep) {
        long line = patches.line(row, column);
        if (line < 0) {
            VectorPacking.stripes(Patches.ZEROS, 0, 0, count, places, out, out0, stripeStep);
        } else {
            VectorPacking.stripes(lines, padded(line) + patches.seenInLine(row, column), patches.placeBytes(), count,
                    places, out, out0, stripeStep);
        }
    }

    /// Where a line is with its padding.
    private long padded(long line) {
        int slot = (int) (patches.lineNumber(line) % kept.length);
        if (kept[slot] != line) {
            patches.copyPadded(images, start, line, lines, slot * lineBytes);
            kept[slot] = line;
        }
        return slot * lineBytes;
    }
}
