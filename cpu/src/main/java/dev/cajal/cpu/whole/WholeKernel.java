package dev.cajal.cpu.whole;

import java.lang.foreign.MemorySegment;

/// One operation on dense tensors in memory. Its bits do not depend on the number of threads. Called by many threads at once.
@FunctionalInterface
public interface WholeKernel {
    /// Reads all operands and writes all results.
    ///
    /// @param operands not to be written; for operations that write a part of their first operand, it may be the result itself
    /// @param results otherwise apart from all operands
    /// @throws dev.cajal.backend.RunException if an index is out of bounds; nothing has been written then
    void run(MemorySegment[] operands, MemorySegment[] results);
}
