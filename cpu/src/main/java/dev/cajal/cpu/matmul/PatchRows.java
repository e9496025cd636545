package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;

/// Patches as they are: a row for each place.
final class PatchRows extends PatchSource {
    PatchRows(Patches patches) {
        super(patches);
    }

    @Override
    TileShape.Operands operands() {
        return TileShape.Operands.BLOCK;
    }

    @Override
    void pack(int p, int k, int row, int rows, MemorySegment out) {
        patches.copy(images, start, row, rows, p, k, out, VectorPacking.BLOCK_STEP);
    }
}
