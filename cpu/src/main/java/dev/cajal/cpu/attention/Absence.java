package dev.cajal.cpu.attention;

import dev.cajal.ir.Attention;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Which keys are not there, as numbers. For one thread at a time.
final class Absence {
    private final int keys;
    /// What is added to the scores of a key: 0, or -1e30.
    final MemorySegment scores;
    /// What slopes of a key are multiplied by: 1, or 0.
    final MemorySegment shares;

    Absence(AttentionShape shape) {
        this.keys = shape.masked() ? shape.keys() : 0;
        this.scores = Arena.ofAuto().allocate(4L * keys, 64);
        this.shares = Arena.ofAuto().allocate(4L * keys, 64);
    }

    /// @param present bool `[batch, keys]`
    void read(MemorySegment present, int item) {
        for (int i = 0; i < keys; i++) {
            boolean there = present.get(ValueLayout.JAVA_BYTE, (long) item * keys + i) != 0;
            scores.setAtIndex(ValueLayout.JAVA_FLOAT, i, there ? 0 : Attention.ABSENT);
            shares.setAtIndex(ValueLayout.JAVA_FLOAT, i, there ? 1 : 0);
        }
    }
}
