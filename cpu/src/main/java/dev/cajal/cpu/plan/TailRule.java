package dev.cajal.cpu.plan;

import dev.cajal.ir.Value;

/// Which loops may be the tail of a matrix product: those that there is a kernel for.
@FunctionalInterface
public interface TailRule {
    /// No loop at all.
    TailRule NONE = (_, _, _) -> false;

    /// Whether a loop may be.
    ///
    /// @param product the value that comes in tiles
    boolean allows(Region.Loop loop, Value product, Regions regions);
}
