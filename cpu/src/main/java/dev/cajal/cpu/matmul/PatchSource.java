package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;

/// [Patches] of some images as the first operand of a product: what is packed of a matrix in memory is made of the images themselves. For one thread at a time.
sealed interface PatchSource permits PatchRows, TurnedPatches {
    /// Says of which images.
    ///
    /// @param x0 where they begin, in bytes
    void of(MemorySegment x, long x0);

    /// How they are packed.
    TileShape.Operands operands();

    /// Packs rows of the operand for some steps along `k`.
    ///
    /// @param row a multiple of a stripe's rows
    void pack(int p, int k, int row, int rows, MemorySegment out);
}
