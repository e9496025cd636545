package dev.cajal.cpu.run;

import dev.cajal.backend.Plan;
import java.util.Optional;

/// One thing that a run does: a loop, a product, some other operation on whole tensors.
interface Step {
    /// Reads and writes the memory of a run. Called by many threads at once, each with a memory of its own.
    void run(Memory memory);

    /// Bytes that a run of this step needs beside the arena.
    default long temporaryBytes() {
        return 0;
    }

    /// Whether there is no kernel for it, and it runs as the reference backend defines.
    default boolean isPlain() {
        return false;
    }

    /// What runs inside, if it runs several times.
    default Optional<Plan.Repeated> repeated() {
        return Optional.empty();
    }
}
