package dev.cajal.cpu.run;

import dev.cajal.cpu.whole.WholeKernel;

/// An operation on whole tensors that has a kernel.
///
/// @param kernel what is done
/// @param reads slots of the operands
/// @param writes slots of the results
record WholeStep(WholeKernel kernel, int[] reads, int[] writes) implements Step {
    @Override
    public void run(Memory memory) {
        kernel.run(memory.segments(reads), memory.segments(writes));
    }
}
