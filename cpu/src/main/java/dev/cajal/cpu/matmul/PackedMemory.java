package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for packed operands and what else one thread works in, as large as the largest that there was.
public final class PackedMemory {
    /// Those that are not in use.
    public static final Recycler<PackedMemory> FREE = new Recycler<>(PackedMemory::new);

    private MemorySegment segment = MemorySegment.NULL;

    /// The memory, not cleared, for so many bytes.
    public MemorySegment atLeast(long bytes) {
        if (segment.byteSize() < bytes) {
            segment = Arena.ofAuto().allocate(bytes, 64);
        }
        return segment;
    }
}
