package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A product whose operands are packed as a whole before it begins, by all threads together, so that each element is packed once and not once for each rectangle of C.
/// Needs the Vector API.
///
/// Packed are B, as panels, and A where it is stored transposed, as stripes; both by blocks of `k`. They need not fit a cache of one processor: a panel is read from
/// farther away once for all rows of a task, and stripes are read one after the other.
final class PackedProduct {
    /// Below, one more fork-join costs more than it saves.
    private static final double LEAST_FLOPS = 4e6;
    private static final long MOST_BYTES = 64L << 20;
    /// Rows of A that are packed at a time, and columns of B.
    private static final int PIECE = 32 * TileShape.STRIPE;
    private static final int PIECE_COLUMNS = 4 * VectorTiles.COLUMNS;

    private static final Recycler<float[]> TILES = new Recycler<>(() -> new float[VectorTiles.MOST]);

    private final Product product;
    private final int length;
    private final int blocks;
    private final int piecesOfA;
    private final int piecesOfB;
    /// Bytes of a block of `k`, of A and of B.
    private final long blockOfA;
    private final long blockOfB;

    private PackedProduct(Product product) {
        this.product = product;
        this.length = VectorMatmul.blockLength(product.k());
        this.blocks = Math.ceilDiv(product.k(), length);
        boolean stripes = product.transposeA();
        this.piecesOfA = stripes ? Math.ceilDiv(product.m(), PIECE) : 0;
        this.piecesOfB = Math.ceilDiv(product.n(), PIECE_COLUMNS);
        this.blockOfA = stripes ? stripe(length, Math.ceilDiv(product.m(), TileShape.STRIPE) * TileShape.STRIPE) : 0;
        int columns = Math.ceilDiv(product.n(), VectorTiles.VECTOR) * VectorTiles.VECTOR;
        this.blockOfB = 4L * columns * length;
    }

    /// The product of two matrices; null if it is so small, or its operands so large, that it does not pay.
    static @Nullable PackedProduct of(Product product) {
        if (product.flops() < LEAST_FLOPS) {
            return null;
        }
        PackedProduct packed = new PackedProduct(product);
        return packed.bytes() <= MOST_BYTES ? packed : null;
    }

    /// Bytes of the packed operands.
    long bytes() {
        return blocks * (blockOfA + blockOfB);
    }

    /// How many pieces there are to pack.
    int pieces() {
        return blocks * (piecesOfA + piecesOfB);
    }

    /// Packs a piece.
    ///
    /// @param a0 where A begins, in bytes; likewise `b0`
    /// @param packed where the operands go, from its beginning
    void pack(int piece, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment packed) {
        int block = piece / (piecesOfA + piecesOfB);
        int part = piece % (piecesOfA + piecesOfB);
        int p = block * length;
        int k = Math.min(length, product.k() - p);
        if (part < piecesOfA) {
            int row = part * PIECE;
            VectorPacking.stripes(a, a0 + 4 * (p * product.lda() + row), 4 * product.lda(),
                    Math.min(PIECE, product.m() - row), k, packed, stripes(block, k, row));
            return;
        }
        int column = (part - piecesOfA) * PIECE_COLUMNS;
        int end = Math.min(column + PIECE_COLUMNS, product.n());
        while (column < end) {
            int vectors = VectorTiles.vectors(product.n() - column);
            int count = Math.min(vectors * VectorTiles.VECTOR, end - column);
            VectorPacking.panel(b, b0 + 4 * (p * product.ldb() + column), 4 * product.ldb(), k, count, vectors, packed,
                    panel(block, k, column));
            column += count;
        }
    }

    /// Computes `C[rowFrom..rowTo, columnFrom..columnTo]`.
    ///
    /// @param target this product, with the rows of C as far apart as they are
    /// @param c0 where C begins, in bytes
    /// @param rowFrom a multiple of the kernel's [unit][MatmulKernel#rowUnit], as `columnFrom` is of [its own][MatmulKernel#columnUnit]
    void multiply(Product target, MemorySegment packed, MemorySegment a, long a0, MemorySegment c, long c0, int rowFrom,
            int rowTo, int columnFrom, int columnTo) {
        float[] tile = TILES.take();
        boolean stripes = product.transposeA();
        for (int block = 0; block < blocks; block++) {
            int p = block * length;
            int k = Math.min(length, product.k() - p);
            MemorySegment left = stripes ? packed : a;
            long left0 = stripes ? stripes(block, k, rowFrom) : a0 + 4 * (rowFrom * product.lda() + p);
            for (int column = columnFrom; column < columnTo;) {
                int vectors = VectorTiles.vectors(product.n() - column);
                int width = vectors * VectorTiles.VECTOR;
                int count = Math.min(width, columnTo - column);
                VectorMatmul.tiles(target, left, left0, rowTo - rowFrom, k, packed, panel(block, k, column), 4L * width,
                        vectors, count, product.accumulate() || p > 0, c,
                        c0 + 4 * (rowFrom * target.ldc() + column), tile);
                column += count;
            }
        }
        TILES.give(tile);
    }

    /// Where the stripes of a block begin that has `k` steps, from a row on.
    private long stripes(int block, int k, int row) {
        return block * (blockOfA + blockOfB) + stripe(k, row);
    }

    /// Where the panel of a block begins that has `k` steps, at a column.
    private long panel(int block, int k, int column) {
        return block * (blockOfA + blockOfB) + blockOfA + 4L * column * k;
    }

    private static long stripe(int k, int row) {
        return row / TileShape.STRIPE * VectorPacking.stripeStep(k);
    }
}
