package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A product of patches: read where they are if the window moves by one ([LineProduct], [TurnedLineProduct]), else [packed][PatchSource] from the images where that can be done, else
/// written out block by block, each block multiplied by what there are kernels for while it is in the cache.
///
/// The sums go along `k` in the order of memory, as in any product: for patches by a kernel that is tap by tap, for transposed patches place by place.
final class PatchProduct {
    /// Columns of patches that are written out at a time.
    private static final int COLUMNS = 1024;
    /// Rows of patches that are written out at a time.
    private static final int ROWS = 144;
    /// Rows of patches at a time that are `k` of the product.
    private static final int DEPTH = 512;
    /// Columns of patches at a time that are rows of the product.
    private static final int WIDTH = 192;

    private static final Recycler<MemorySegment> BLOCKS = new Recycler<>(
            () -> Arena.ofAuto().allocate(4L * Math.max(ROWS * COLUMNS, DEPTH * WIDTH), 64));

    private final Product product;
    private final Patches patches;
    /// Steps along `k` in a block.
    private final int length;
    private final int blocks;
    private final Product first;
    private final Product next;
    private final Product last;
    /// What multiplies them where they are; null if it cannot be done.
    private final @Nullable LineProduct lines;
    private final @Nullable TurnedLineProduct turnedLines;
    /// What packs patches without writing them out first; null if it cannot be done.
    private final @Nullable Recycler<PatchSource> sources;

    /// @param product with the rows of C as far apart as they are
    PatchProduct(Product product, Patches patches) {
        this.product = product;
        this.patches = patches;
        int k = product.k();
        int most = product.transposeA() ? DEPTH : COLUMNS;
        this.blocks = Math.max(1, Math.ceilDiv(k, most));
        this.length = Math.ceilDiv(k, blocks);
        this.first = piece(Math.min(k, length), product.accumulate());
        this.next = piece(length, true);
        this.last = piece(k - (blocks - 1) * length, blocks > 1 || product.accumulate());
        boolean turned = product.transposeA();
        this.lines = LineProduct.isFor(product, patches) ? new LineProduct(product, patches) : null;
        this.turnedLines = TurnedLineProduct.isFor(product, patches) ? new TurnedLineProduct(product, patches) : null;
        this.sources = !takesPacked(product, patches)
                ? null
                : new Recycler<>(() -> turned ? new TurnedPatches(patches) : new PatchRows(patches));
    }

    /// Whether the second operand may be packed beforehand, and patches be packed without writing them out first.
    static boolean takesPacked(Product product, Patches patches) {
        return Lanes.available() && (!product.transposeA() || TurnedPatches.areFor(patches));
    }

    private Product piece(int k, boolean accumulate) {
        boolean turned = product.transposeA();
        return new Product(1, turned ? WIDTH : ROWS, product.n(), Math.max(0, k), turned, false,
                turned ? WIDTH : length,
                product.ldb(), product.ldc(), 0, 0, 0, accumulate);
    }

    private Product block(int number) {
        return number == blocks - 1 ? last : number == 0 ? first : next;
    }

    /// Computes `C[rowFrom..rowTo, columnFrom..columnTo]`.
    ///
    /// @param shared how B was packed beforehand; null if it was not
    /// @param x0 where the images begin, in bytes; likewise `b0` and `c0`
    void multiply(MatmulKernel kernel, @Nullable PackedOperand shared, MemorySegment packed, MemorySegment x, long x0,
            MemorySegment b, long b0, MemorySegment c, long c0, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        if (lines != null && shared != null && !shared.isLeft() && kernel instanceof VectorMatmul) {
            lines.multiply(shared, packed, x, x0, c, c0, rowFrom, rowTo, columnFrom, columnTo);
            return;
        }
        if (turnedLines != null && kernel instanceof VectorMatmul) {
            turnedLines.multiply(x, x0, b, b0, c, c0, rowFrom, rowTo, columnFrom, columnTo);
            return;
        }
        if (sources != null && kernel instanceof VectorMatmul vectors) {
            PatchSource source = sources.take();
            source.begin(x, x0);
            vectors.multiply(product, source, shared, packed, b, b0, c, c0, rowFrom, rowTo, columnFrom, columnTo);
            source.end();
            sources.give(source);
            return;
        }
        MemorySegment block = BLOCKS.take();
        int step = product.transposeA() ? WIDTH : ROWS;
        for (int row = rowFrom; row < rowTo; row += step) {
            int rows = Math.min(step, rowTo - row);
            for (int i = 0; i < blocks; i++) {
                Product piece = block(i);
                int p = i * length;
                if (product.transposeA()) {
                    patches.copy(x, x0, p, piece.k(), row, rows, block, 4L * WIDTH);
                } else {
                    patches.copy(x, x0, row, rows, p, piece.k(), block, 4L * length);
                }
                kernel.multiply(piece, block, 0, b, b0 + 4 * p * product.ldb(), c, c0 + 4 * row * product.ldc(), 0,
                        rows, columnFrom, columnTo);
            }
        }
        BLOCKS.give(block);
    }
}
