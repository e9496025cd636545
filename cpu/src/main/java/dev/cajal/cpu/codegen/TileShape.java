package dev.cajal.cpu.codegen;

import dev.cajal.cpu.Lanes;

/// What a [TileKernel] multiplies.
///
/// @param rows of the tile
/// @param vectors across the tile
/// @param operands how A and B lie
/// @param step from row to row of a block of A, or from step to step along `k` of stripes, in elements; of no meaning where A is read by rows
public record TileShape(int rows, int vectors, Operands operands, int step) {
    /// Whether there are 32 vector registers, not 16.
    public static final boolean MANY_REGISTERS = Lanes.bits() == 512
            || System.getProperty("os.arch").equals("aarch64");
    private static final int REGISTERS = MANY_REGISTERS ? 32 : 16;
    /// Rows of a tile whose operands are packed, two vectors wide: with them the accumulators, a row of B and some numbers of A fill the registers. Rows of a stripe of A.
    public static final int STRIPE = MANY_REGISTERS ? 12 : 6;
    /// The most steps along `k` of packed operands.
    public static final int DEPTH = 800;
    /// From row to row of a block of A, in elements. No power of two, so that rows do not push each other out of the cache.
    public static final int BLOCK_ROW = DEPTH + 16;

    /// How the operands of a tile lie in memory. Where all steps are constants of the kernel, the JVM checks bounds once for a loop, and one register is enough for all places
    /// of A; with a register for each row it moves some to vector registers, and accumulators from there to memory.
    public enum Operands {
        /// A by rows, B by rows at any distance: both where they are.
        ROWS,
        /// A in a block of rows that are [#step] apart; B in a panel as wide as the tile, packed for this.
        BLOCK,
        /// A in stripes of [#STRIPE] rows, [#step] apart for the steps along `k`; B in a panel as wide as the tile, packed for this.
        STRIPES
    }

    /// A tile that reads what was packed for all tiles.
    public TileShape(int rows, int vectors, Operands operands) {
        this(rows, vectors, operands, operands == Operands.STRIPES ? STRIPE : BLOCK_ROW);
    }

    public TileShape {
        if (rows < 1 || vectors < 1) {
            throw new IllegalArgumentException("a tile of " + rows + " x " + vectors);
        }
    }

    /// For how many rows a register is left to hold a number of A, beside the accumulators and a row of B.
    int rowsAtOnce() {
        return Math.max(1, REGISTERS - (rows + 1) * vectors);
    }
}
