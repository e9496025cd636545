package dev.cajal.memory;

import java.lang.foreign.MemorySegment;

/// A piece of memory that a pool hands out.
interface Block {
    /// The whole piece.
    MemorySegment segment();

    /// Puts the piece back where it came from.
    void giveBack();
}
