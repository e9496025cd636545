package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;

/// Patches as they are: a row for each place.
final class PatchRows implements PatchSource {
    private final Patches patches;
    private MemorySegment images = MemorySegment.NULL;
    private long start;

    PatchRows(Patches patches) {
        this.patches = patches;
    }

    @Override
    public void of(MemorySegment x, long x0) {
        images = x;
        start = x0;
    }

    @Override
    public TileShape.Operands operands() {
        return TileShape.Operands.BLOCK;
    }

    @Override
    public void pack(int p, int k, int row, int rows, MemorySegment out) {
        patches.copy(images, start, row, rows, p, k, out, VectorPacking.BLOCK_STEP);
    }
}
