package dev.cajal.cpu.run;

/// One thing that a run does: a loop, a product, some other operation on whole tensors.
interface Step {
    /// Reads and writes the memory of a run. Called by many threads at once, each with a memory of its own.
    void run(Memory memory);

    /// Bytes that a run of this step needs beside the arena.
    default long temporaryBytes() {
        return 0;
    }
}
