package dev.cajal.cpu.whole;

import java.lang.foreign.MemorySegment;

/// One operation on dense tensors in memory. Its bits do not depend on the number of threads.
@FunctionalInterface
public interface WholeKernel {
    /// The operation on some operands, to be run over and over, one run at a time: each reads all operands and writes all results that are in the arrays
    /// then. What runs need besides is made here.
    ///
    /// A run throws [dev.cajal.backend.RunException] if an index is out of bounds; nothing has been written then.
    ///
    /// @param operands not to be written; for operations that write a part of their first operand, it may be the result itself
    /// @param results otherwise apart from all operands
    Runnable bind(MemorySegment[] operands, MemorySegment[] results);
}
