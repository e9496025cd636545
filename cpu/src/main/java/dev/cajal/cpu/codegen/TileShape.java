package dev.cajal.cpu.codegen;

/// What a [TileKernel] multiplies.
///
/// @param rows of the tile
/// @param vectors across the tile
/// @param operands how A and B lie
public record TileShape(int rows, int vectors, Operands operands) {
    /// Rows of a stripe of A.
    public static final int STRIPE = 6;

    /// How the operands of a tile lie in memory. Each has steps that are constants of the kernel: with them the JVM checks the bounds of A once for a loop
    /// instead of once for an element, which is a fifth of the time.
    public enum Operands {
        /// A by rows, B by rows at any distance: both where they are.
        ROWS,
        /// A in stripes of [#STRIPE] rows, element after element of `k`; B in a panel as wide as the tile. Both were packed for this.
        PACKED
    }

    public TileShape {
        if (rows < 1 || vectors < 1) {
            throw new IllegalArgumentException("a tile of " + rows + " x " + vectors);
        }
    }
}
