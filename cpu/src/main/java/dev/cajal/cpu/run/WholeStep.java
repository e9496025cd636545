package dev.cajal.cpu.run;

import dev.cajal.cpu.whole.WholeKernel;
import java.lang.foreign.MemorySegment;

/// An operation on whole tensors that has a kernel.
///
/// @param kernel what is done
/// @param reads slots of the operands
/// @param writes slots of the results
record WholeStep(WholeKernel kernel, int[] reads, int[] writes) implements Step {
    @Override
    public Runnable bind(Memory memory) {
        MemorySegment[] operands = new MemorySegment[reads.length];
        MemorySegment[] results = new MemorySegment[writes.length];
        Runnable bound = kernel.bind(operands, results);
        return () -> {
            memory.get(reads, operands);
            memory.get(writes, results);
            bound.run();
        };
    }
}
