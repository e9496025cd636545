package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for packed operands, as large as the largest that there were.
final class PackedMemory {
    /// Those that are not in use.
    static final Recycler<PackedMemory> FREE = new Recycler<>(PackedMemory::new);

    private MemorySegment segment = MemorySegment.NULL;

    MemorySegment atLeast(long bytes) {
        if (segment.byteSize() < bytes) {
            segment = Arena.ofAuto().allocate(bytes, 64);
        }
        return segment;
    }
}
