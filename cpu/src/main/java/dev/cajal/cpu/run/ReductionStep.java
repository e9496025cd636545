package dev.cajal.cpu.run;

import dev.cajal.cpu.loop.FusedReduction;

/// A loop that ends in a reduction.
record ReductionStep(FusedReduction reduction) implements Step {
    @Override
    public Runnable bind(Memory memory) {
        return reduction.bind(memory::segment);
    }

    @Override
    public long temporaryBytes() {
        return reduction.temporaryBytes();
    }
}
