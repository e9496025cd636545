package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;

/// [Patches] of some images as the first operand of a product: what is packed of a matrix in memory is made of the images themselves. For one thread at a time.
abstract sealed class PatchSource permits PatchRows, TurnedPatches {
    final Patches patches;
    MemorySegment images = MemorySegment.NULL;
    /// Where the images begin, in bytes.
    long start;

    PatchSource(Patches patches) {
        this.patches = patches;
    }

    /// Says of which images, until [#end].
    ///
    /// @param x0 where they begin, in bytes
    final void begin(MemorySegment x, long x0) {
        images = x;
        start = x0;
        begin();
    }

    /// Takes what is needed for new images, if that is anything.
    void begin() {}

    /// Gives it back.
    void end() {}

    /// How they are packed.
    abstract TileShape.Operands operands();

    /// Packs rows of the operand for some steps along `k`.
    ///
    /// @param row a multiple of a stripe's rows
    abstract void pack(int p, int k, int row, int rows, MemorySegment out);
}
