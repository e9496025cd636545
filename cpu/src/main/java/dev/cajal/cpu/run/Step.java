package dev.cajal.cpu.run;

import dev.cajal.backend.Plan;
import java.util.Optional;

/// One thing that a run does: a loop, a product, some other operation on whole tensors.
@FunctionalInterface
interface Step {
    /// The step over the memory of a frame, which is its own: one run at a time. Whatever runs need besides (tasks, scratch memory, how the work is
    /// split) is made here, so that they allocate nothing.
    Runnable bind(Memory memory);

    /// Bytes that a bound step holds beside the arena.
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
