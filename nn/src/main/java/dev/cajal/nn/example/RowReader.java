package dev.cajal.nn.example;

import java.lang.foreign.MemorySegment;

/// Reads rows that are too many to be held in memory; see [Rows#read].
@FunctionalInterface
public interface RowReader {
    /// Reads a row. Several threads may call it at once; the same position has to give the same bits each time.
    ///
    /// @param position of the row, from 0
    /// @param target where its elements go, in native byte order; as large as they are
    void read(int position, MemorySegment target);
}
