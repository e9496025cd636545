package dev.cajal.cpu.run;

import java.lang.foreign.MemorySegment;

/// The memory of one run: a segment for each value of the plan that lies in memory.
final class Memory {
    private final MemorySegment[] segments;

    Memory(MemorySegment[] segments) {
        this.segments = segments;
    }

    /// The elements of a value.
    MemorySegment segment(int slot) {
        return segments[slot];
    }
}
