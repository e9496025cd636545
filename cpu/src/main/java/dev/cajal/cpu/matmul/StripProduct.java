package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.Recycler;
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
    /// The most elements of a row that are summed over, and the most rows of the matrix then.
    public static final int MOST = ROWS * 12;
    /// A product with a part of the columns begins at a multiple of this: of the columns of panels of vectors of any length.
    public static final int COLUMNS = 32;

    private static final Recycler<PackedMemory> FREE = new Recycler<>(PackedMemory::new);

    private final Product product;
    /// Whether strips are the transpose of what is multiplied.
    private final boolean turned;
    /// By the steps along `k` that there are, and whether sums go on: for kernels that take whole products.
    private final Product[] parts;
    private @Nullable Packed packed;

    // The matrix.
    private MatmulKernel kernel = MatmulKernels.scalar();
    private MemorySegment right = MemorySegment.NULL;
    private long right0;

    /// What tiles work with, where there are vectors.
    private static final class Packed {
        final PackedOperand operand;
        final float[] tile = new float[VectorTiles.MOST];
        MemorySegment panels = MemorySegment.NULL;
        @Nullable
        PackedMemory memory;

        Packed(PackedOperand operand) {
            this.operand = operand;
        }
    }

    /// @param product of the largest strip with the matrix; the rows of A are [#ROW] elements apart. Where A is transposed, a strip has at most [#ROWS] steps along `k`
    public StripProduct(Product product) {
        boolean fits = product.batch() == 1 && product.lda() == ROW && product.k() <= TileShape.DEPTH;
        if (!fits) {
            throw new IllegalArgumentException("no product of strips: " + product);
        }
        this.product = product;
        this.turned = product.transposeA();
        this.parts = new Product[2 * (product.k() + 1)];
    }

    /// Takes the matrix, until [#release].
    ///
    /// @param b0 where it begins, in bytes
    public void take(MemorySegment b, long b0) {
        kernel = MatmulKernels.of(product);
        right = b;
        right0 = b0;
        if (kernel instanceof VectorMatmul) {
            Packed into = packed;
            if (into == null) {
                into = new Packed(PackedOperand.panels(product, operands()));
                packed = into;
            }
            PackedMemory memory = FREE.take();
            into.memory = memory;
            into.panels = memory.atLeast(into.operand.bytes());
            for (int piece = 0; piece < into.operand.pieces(); piece++) {
                into.operand.pack(piece, b, b0, into.panels);
            }
        }
    }

    /// Forgets the matrix.
    public void release() {
        Packed used = packed;
        if (used != null && used.memory != null) {
            FREE.give(used.memory);
            used.memory = null;
            used.panels = MemorySegment.NULL;
        }
        right = MemorySegment.NULL;
    }

    private TileShape.Operands operands() {
        return turned ? TileShape.Operands.STRIPES : TileShape.Operands.BLOCK;
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
        Packed with = packed;
        if (with == null || with.memory == null) {
            long first = right0 + 4L * from * (product.transposeB() ? 1 : product.ldb());
            kernel.multiply(part(k, onto), a, a0, right, first, c, c0, 0, rows, column, columnEnd);
            return;
        }
        PackedMemory memory = null;
        MemorySegment left = a;
        long left0 = a0;
        if (turned) {
            memory = FREE.take();
            left = memory.atLeast(VectorPacking.leftBytes(TileShape.Operands.STRIPES,
                    Math.ceilDiv(rows, TileShape.STRIPE) * TileShape.STRIPE, k));
            left0 = 0;
            VectorPacking.stripes(a, a0, 4L * ROW, rows, k, left, 0);
        }
        for (int j = column; j < columnEnd;) {
            int vectors = VectorTiles.vectors(operands(), false, product.n() - j);
            int count = Math.min(vectors * VectorTiles.VECTOR, product.n() - j);
            long step = 4L * vectors * VectorTiles.VECTOR;
            VectorMatmul.tiles(operands(), product, left, left0, rows, k, with.panels,
                    with.operand.panelStart(0, j) + from * step, step, vectors, count, onto, c, c0 + 4L * j,
                    with.tile);
            j += count;
        }
        if (memory != null) {
            FREE.give(memory);
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
