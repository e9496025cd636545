package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Products of strips, some rows of a matrix at a time, with a matrix that is packed once for all of them. For one thread, as a part of what it does; without allocation once it has
/// been used.
///
/// A strip lies in memory as tiles read it, so that it is not packed: its rows are [#ROW] elements apart. The sums have the bits of any other product.
public final class StripProduct {
    /// From row to row of a strip, in elements.
    public static final int ROW = TileShape.BLOCK_ROW;
    /// Rows of a strip: a multiple of the rows of any tile.
    public static final int ROWS = 4 * 12;
    /// Elements of a row that one had better use at most: whatever is computed beyond fits into the row.
    public static final int MOST = ROWS * 12;
    /// A product with a part of the columns begins at a multiple of this: of the columns of panels of vectors of any length.
    public static final int COLUMNS = 32;
    private static final int ALIGNMENT = 64;

    private final Product product;
    /// Whether strips are the transpose of what is multiplied.
    private final boolean turned;
    /// By the steps along `k` that there are, and whether sums go on: for kernels that take whole products.
    private final Product[] parts;
    private final @Nullable Packed packed;

    // The matrix.
    private MatmulKernel kernel = MatmulKernels.scalar();
    private MemorySegment right = MemorySegment.NULL;
    private MemorySegment workspace = MemorySegment.NULL;
    private long right0;

    /// How the matrix is packed where there are vectors, and what tiles work with.
    private static final class Packed {
        final PackedOperand operand;
        final float[] tile = new float[VectorTiles.MOST];
        /// Where strips are packed that are transposed, and bytes for that.
        final long stripes;
        final long stripesBytes;

        Packed(Product product, TileShape.Operands operands, long start) {
            operand = PackedOperand.panels(product, operands).at(start);
            stripes = start + aligned(operand.bytes());
            stripesBytes = operands == TileShape.Operands.STRIPES
                    ? aligned(VectorPacking.leftBytes(operands,
                            Math.ceilDiv(product.m(), TileShape.STRIPE) * TileShape.STRIPE, product.k()))
                    : 0;
        }
    }

    /// @param product of the largest strip with the matrix; the rows of A are [#ROW] elements apart
    /// @param start where in a workspace its [#bytes] begin, a multiple of 64
    public StripProduct(Product product, long start) {
        boolean fits = product.batch() == 1 && product.lda() == ROW && product.k() <= TileShape.DEPTH
                && start % ALIGNMENT == 0;
        if (!fits) {
            throw new IllegalArgumentException("no product of strips at " + start + ": " + product);
        }
        this.product = product;
        this.turned = product.transposeA();
        this.parts = new Product[2 * (product.k() + 1)];
        this.packed = Lanes.available() ? new Packed(product, operands(), start) : null;
    }

    private static long aligned(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }

    /// Bytes of a workspace that it needs.
    public long bytes() {
        return packed == null ? 0 : aligned(packed.operand.bytes()) + packed.stripesBytes;
    }

    private TileShape.Operands operands() {
        return turned ? TileShape.Operands.STRIPES : TileShape.Operands.BLOCK;
    }

    /// Takes the matrix for the products that follow.
    ///
    /// @param b0 where it begins, in bytes
    /// @param memory the workspace
    public void take(MemorySegment b, long b0, MemorySegment memory) {
        kernel = MatmulKernels.of(product);
        right = b;
        right0 = b0;
        workspace = memory;
        if (packed != null && kernel instanceof VectorMatmul) {
            for (int piece = 0; piece < packed.operand.pieces(); piece++) {
                packed.operand.pack(piece, b, b0, memory);
            }
        }
    }

    /// Multiplies a strip with a part of the matrix.
    ///
    /// @param a0 where the first element of the strip is that is multiplied, in bytes
    /// @param rows of the product
    /// @param from the first row of the matrix
    /// @param k how many rows of it
    /// @param column the first column, a multiple of [#COLUMNS]
    /// @param columnEnd after the last one; a few more may be computed, as far as the matrix has them
    /// @param onto whether the sums begin with what is in C
    /// @param c0 where element `[0][0]` of C would be, in bytes
    public void multiply(MemorySegment a, long a0, int rows, int from, int k, int column, int columnEnd, boolean onto,
            MemorySegment c, long c0) {
        if (packed == null || !(kernel instanceof VectorMatmul)) {
            long first = right0 + 4L * from * (product.transposeB() ? 1 : product.ldb());
            kernel.multiply(part(k, onto), a, a0, right, first, c, c0, 0, rows, column, columnEnd);
            return;
        }
        if (turned) {
            VectorPacking.stripes(a, a0, 4L * ROW, rows, k, workspace, packed.stripes);
        }
        MemorySegment left = turned ? workspace : a;
        long left0 = turned ? packed.stripes : a0;
        for (int j = column; j < columnEnd;) {
            int vectors = VectorTiles.vectors(operands(), false, product.n() - j);
            int count = Math.min(vectors * VectorTiles.VECTOR, product.n() - j);
            long step = 4L * vectors * VectorTiles.VECTOR;
            VectorMatmul.tiles(operands(), product, left, left0, rows, k, workspace,
                    packed.operand.panelStart(0, j) + from * step, step, vectors, count, onto, c, c0 + 4L * j,
                    packed.tile);
            j += count;
        }
    }

    /// The product with `k` steps only.
    private Product part(int k, boolean onto) {
        int number = 2 * k + (onto ? 1 : 0);
        Product known = parts[number];
        if (known == null) {
            known = new Product(1, product.m(), product.n(), k, product.transposeA(), product.transposeB(),
                    product.lda(), product.ldb(), product.ldc(), 0, 0, 0, onto);
            parts[number] = known;
        }
        return known;
    }
}
