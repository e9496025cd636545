package dev.cajal.cpu.run;

import java.lang.foreign.MemorySegment;

/// The memory of a frame: a segment for each value of the plan that lies in memory. Those of arguments and results differ from run to run.
final class Memory {
    private final MemorySegment[] segments;

    Memory(MemorySegment[] segments) {
        this.segments = segments;
    }

    /// The elements of a value.
    MemorySegment segment(int slot) {
        return segments[slot];
    }

    /// Gets the elements of several values.
    ///
    /// @param into one place for each slot
    void get(int[] slots, MemorySegment[] into) {
        for (int i = 0; i < slots.length; i++) {
            into[i] = segments[slots[i]];
        }
    }
}
