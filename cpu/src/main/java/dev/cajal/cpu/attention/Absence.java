package dev.cajal.cpu.attention;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Which keys are not there, as numbers that vectors compare: 1 for a key that is there, -1 for one that is not.
final class Absence {
    private Absence() {}

    /// @param present bool `[batch, keys]`
    /// @param start where the numbers go, in bytes
    static void read(AttentionShape shape, MemorySegment present, int item, MemorySegment memory, long start) {
        for (int i = 0; shape.masked() && i < shape.keys(); i++) {
            boolean there = present.get(ValueLayout.JAVA_BYTE, (long) item * shape.keys() + i) != 0;
            memory.set(ValueLayout.JAVA_FLOAT, start + 4L * i, there ? 1 : -1);
        }
    }
}
