package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The operand that all tasks of a product share, packed as a whole ([SharedOperand] says by whom): A where tasks divide the columns of C among them, B where they
/// divide its rows. The other operand is each task's own and packed by it, so that it is still in the cache of the processor that needs it. Needs the Vector API.
///
/// A is packed as stripes or as a block of rows, B as panels, both by blocks of `k`. They need not fit a cache of one processor: a panel is read from farther away once for
/// all rows of a task, and rows are read one after the other.
final class PackedOperand {
    /// Below, there is too little to save.
    private static final double LEAST_FLOPS = 4e6;
    /// Bytes that packed operands may take, with all their copies.
    static final long MOST_BYTES = 64L << 20;
    /// Rows of A that are packed at a time.
    private static final int PIECE = 8 * TileShape.STRIPE;

    private final Product product;
    private final TileShape.Operands operands;
    private final boolean left;
    private final int length;
    private final int blocks;
    private final int pieces;
    /// Bytes of a block of `k`.
    private final long blockBytes;
    /// Where it begins, in bytes.
    private final long base;

    private PackedOperand(Product product, TileShape.Operands operands, boolean left, long base) {
        this.base = base;
        this.product = product;
        this.operands = operands;
        this.left = left;
        this.length = VectorMatmul.blockLength(product.k());
        this.blocks = Math.ceilDiv(product.k(), length);
        this.pieces = left ? Math.ceilDiv(product.m(), PIECE) : Math.ceilDiv(product.n(), VectorPacking.GROUP);
        int rows = Math.ceilDiv(product.m(), TileShape.STRIPE) * TileShape.STRIPE;
        int columns = Math.ceilDiv(product.n(), VectorTiles.VECTOR) * VectorTiles.VECTOR;
        this.blockBytes = left ? VectorPacking.leftBytes(operands, rows, length) : panelBytes(columns);
    }

    /// @param left whether tasks share A, not B
    /// @return null if it is so small, or the operand so large, that it does not pay
    static @Nullable PackedOperand of(Product product, TileShape.Operands operands, boolean left) {
        return product.flops() < LEAST_FLOPS ? null : ifPossible(product, operands, left);
    }

    /// B for several runs that do not change it: that pays even if it is small.
    ///
    /// @return null if it is too large
    static @Nullable PackedOperand right(Product product, TileShape.Operands operands) {
        return ifPossible(product, operands, false);
    }

    /// B, however large.
    static PackedOperand panels(Product product, TileShape.Operands operands) {
        return new PackedOperand(product, operands, false, 0);
    }

    private static @Nullable PackedOperand ifPossible(Product product, TileShape.Operands operands, boolean left) {
        if (product.batch() != 1) {
            return null;
        }
        PackedOperand packed = new PackedOperand(product, operands, left, 0);
        return packed.bytes() <= MOST_BYTES ? packed : null;
    }

    /// The same that begins elsewhere in its memory.
    ///
    /// @param start where, in bytes
    PackedOperand at(long start) {
        return new PackedOperand(product, operands, left, start);
    }

    /// How A is packed, here or by the tasks.
    TileShape.Operands operands() {
        return operands;
    }

    /// Whether it is A that is packed, and not B.
    boolean isLeft() {
        return left;
    }

    /// Bytes of the packed operand.
    long bytes() {
        return blocks * blockBytes;
    }

    /// How many pieces there are to pack.
    int pieces() {
        return blocks * pieces;
    }

    /// Packs a piece.
    ///
    /// @param x A or B
    /// @param x0 where it begins, in bytes
    /// @param packed where it goes
    void pack(int piece, MemorySegment x, long x0, MemorySegment packed) {
        int p = piece / pieces * length;
        int part = piece % pieces;
        int k = Math.min(length, product.k() - p);
        if (left) {
            int row = part * PIECE;
            VectorPacking.left(operands, product, x, x0, p, k, row, Math.min(PIECE, product.m() - row), packed,
                    leftStart(p, k, row));
            return;
        }
        int column = part * VectorPacking.GROUP;
        VectorPacking.panels(operands, product, x, x0, p, k, column,
                Math.min(VectorPacking.GROUP, product.n() - column),
                packed, panelStart(p, column), panelBytes(1));
    }

    /// Where what is packed of A begins for `k` steps from `p` on, from a row on.
    long leftStart(int p, int k, int row) {
        return base + p / length * blockBytes + VectorPacking.leftBytes(operands, row, k);
    }

    /// Where the panel of B begins for the steps from `p` on, at a column.
    long panelStart(int p, int column) {
        return base + p / length * blockBytes + panelBytes(column);
    }

    private long panelBytes(int columns) {
        // Packing the transpose of B may write a little more than a panel.
        return 4L * columns * (length + VectorPacking.ROWS_BEYOND);
    }
}
