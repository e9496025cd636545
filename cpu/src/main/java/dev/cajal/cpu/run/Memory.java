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

    /// The elements of several values.
    MemorySegment[] segments(int[] slots) {
        MemorySegment[] several = new MemorySegment[slots.length];
        for (int i = 0; i < slots.length; i++) {
            several[i] = segments[slots[i]];
        }
        return several;
    }
}
