package dev.cajal.cpu.plan;

/// Which loops and reductions may go through their rows together: those that there are kernels for, and that read of what the others compute only the
/// row that they are at.
@FunctionalInterface
public interface RowRule {
    /// None at all.
    RowRule NONE = (_, _) -> false;

    /// Whether they may.
    boolean allows(Region.Rows rows, Regions regions);
}
