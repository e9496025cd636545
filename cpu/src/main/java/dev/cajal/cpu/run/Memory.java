package dev.cajal.cpu.run;

import java.lang.foreign.MemorySegment;

/// The memory of a frame: a segment for each value of the plan that lies in memory. Those of arguments and results differ from run to run.
final class Memory {
    private final MemorySegment[] segments;
    private long repetition;

    Memory(MemorySegment[] segments) {
        this.segments = segments;
    }

    /// The elements of a value.
    MemorySegment segment(int slot) {
        return segments[slot];
    }

    /// Which repetition of a body the run belongs to: values that do not change from trip to trip are those of the last run if it is the same. 0 where nothing is repeated.
    long repetition() {
        return repetition;
    }

    /// Sets [#repetition].
    void repetition(long repetition) {
        this.repetition = repetition;
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
