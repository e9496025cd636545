package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileKernel;
import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Products by register tiles of the Vector API.
///
/// As in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): columns in chunks, `k` in blocks, the block of B
/// packed as panels that stream through the second-level cache, A packed as rows or stripes of which a tile's share fits the first-level one. Where few rows would share the
/// packing, or few columns, both are read where they are.
final class VectorMatmul implements MatmulKernel {
    /// Elements of B in a chunk: 512 KB packed, in the second-level cache.
    private static final int CHUNK = 512 * 256;
    /// Elements of A that are packed before they meet the first panel of B: 240 KB, in the second-level cache; half of that where this cache may have but 512 KB.
    private static final int ROW_BLOCK = TileShape.MANY_REGISTERS ? 61_440 : 30_720;
    /// Rows of A that are packed at a time, at most.
    private static final int MOST_ROWS = 16 * TileShape.STRIPE;
    /// The most rows for which packing costs more than it saves.
    private static final int ROWS_IN_PLACE = 24;
    /// The same for columns that do not fill a tile: read in place, they are not aligned.
    private static final int ROWS_WORTH_PACKING_EDGES = 8;

    private static final Recycler<Workspace> WORKSPACES = new Recycler<>(Workspace::new);

    /// What one thread needs at a time.
    private static final class Workspace {
        final float[] tile = new float[VectorTiles.MOST];
        final MemorySegment left;
        final MemorySegment panels;

        Workspace() {
            Arena arena = Arena.ofAuto();
            left = arena.allocate(
                    Math.max(VectorPacking.leftBytes(TileShape.Operands.STRIPES, MOST_ROWS, TileShape.DEPTH),
                            VectorPacking.leftBytes(TileShape.Operands.BLOCK, MOST_ROWS, TileShape.DEPTH)),
                    64);
            panels = arena.allocate(
                    4L * (CHUNK + (TileShape.DEPTH + VectorPacking.ROWS_BEYOND) * VectorTiles.WIDEST_COLUMNS), 64);
        }
    }

    @Override
    public int rowUnit() {
        return TileShape.STRIPE;
    }

    @Override
    public int columnUnit() {
        return VectorTiles.COLUMNS;
    }

    @Override
    public @Nullable PackedOperand packed(Product product, Split split, boolean patches) {
        boolean left = split.columns() < product.n();
        TileShape.Operands operands = operands(product, patches ? Integer.MAX_VALUE : split.rows());
        return operands == TileShape.Operands.ROWS || patches && left
                ? null
                : PackedOperand.of(product, operands, left);
    }

    @Override
    public @Nullable PackedOperand packedRight(Product product) {
        TileShape.Operands operands = operands(product, product.m());
        return operands == TileShape.Operands.ROWS ? null : PackedOperand.right(product, operands);
    }

    /// How A is read by a task that has some rows of the product.
    static TileShape.Operands operands(Product product, int rows) {
        if (product.transposeA()) {
            return TileShape.Operands.STRIPES;
        }
        boolean inPlace = product.n() <= VectorTiles.VECTOR || rows <= ROWS_IN_PLACE && !product.transposeB();
        return inPlace ? TileShape.Operands.ROWS : TileShape.Operands.BLOCK;
    }

    /// How long the blocks of `k` are: all of about the same length, since each costs a load and a store of C.
    static int blockLength(int k) {
        return Math.max(1, Math.ceilDiv(k, Math.max(1, Math.ceilDiv(k, TileShape.DEPTH))));
    }

    @Override
    public void multiply(Product product, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo) {
        multiply(product, null, null, MemorySegment.NULL, a, a0, b, b0, c, c0, rowFrom, rowTo, columnFrom, columnTo);
    }

    /// As [#multiply] with an operand that was packed beforehand.
    void multiply(Product product, PackedOperand shared, MemorySegment packed, MemorySegment a, long a0,
            MemorySegment b, long b0, MemorySegment c, long c0, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        multiply(product, null, shared, packed, a, a0, b, b0, c, c0, rowFrom, rowTo, columnFrom, columnTo);
    }

    /// A product of patches that are stored nowhere.
    void multiply(Product product, PatchSource patches, @Nullable PackedOperand shared, MemorySegment packed,
            MemorySegment b, long b0, MemorySegment c, long c0, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        multiply(product, patches, shared, packed, MemorySegment.NULL, 0, b, b0, c, c0, rowFrom, rowTo, columnFrom,
                columnTo);
    }

    private static void multiply(Product product, @Nullable PatchSource patches, @Nullable PackedOperand shared,
            MemorySegment packed, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo) {
        Workspace workspace = WORKSPACES.take();
        int length = blockLength(product.k());
        // What each task packs of A is packed again for each chunk.
        int chunk = shared != null && !shared.isLeft()
                ? Math.max(1, columnTo - columnFrom)
                : wholeTiles(CHUNK / length, product.m() == 1 ? VectorTiles.WIDEST_COLUMNS : VectorTiles.WIDE_COLUMNS);
        for (int j = columnFrom; j < columnTo; j += chunk) {
            int columns = Math.min(chunk, columnTo - j);
            // At least once, so that C is cleared where k is 0.
            for (int p = 0; p == 0 || p < product.k(); p += length) {
                chunk(workspace, product, patches, shared, packed, a, a0, b, b0, c, c0, rowFrom, rowTo, j, columns, p,
                        Math.min(length, product.k() - p));
            }
        }
        WORKSPACES.give(workspace);
    }

    /// As many of some columns as fill tiles; at least one tile.
    private static int wholeTiles(int columns, int width) {
        return Math.max(1, columns / width) * width;
    }

    /// All rows of one chunk of columns for one block of `k`.
    private static void chunk(Workspace workspace, Product product, @Nullable PatchSource patches,
            @Nullable PackedOperand shared, MemorySegment packed, MemorySegment a, long a0, MemorySegment b, long b0,
            MemorySegment c, long c0, int rowFrom, int rowTo, int column, int columns, int p, int k) {
        TileShape.Operands operands = patches != null
                ? patches.operands()
                : shared != null ? shared.operands() : operands(product, rowTo - rowFrom);
        PackedOperand sharedLeft = shared != null && shared.isLeft() ? shared : null;
        PackedOperand sharedRight = shared != null && !shared.isLeft() ? shared : null;
        int rowBlock = sharedLeft != null
                ? rowTo - rowFrom
                : Math.min(MOST_ROWS, Math.max(1, ROW_BLOCK / Math.max(1, k) / TileShape.STRIPE) * TileShape.STRIPE);
        for (int row = rowFrom; row < rowTo; row += rowBlock) {
            int rows = Math.min(rowBlock, rowTo - row);
            MemorySegment left = sharedLeft != null ? packed : workspace.left;
            long left0 = 0;
            if (sharedLeft != null) {
                left0 = sharedLeft.leftStart(p, k, row);
            } else if (patches != null) {
                patches.pack(p, k, row, rows, left);
            } else if (operands == TileShape.Operands.ROWS) {
                left = a;
                left0 = a0 + 4 * (row * product.lda() + p);
            } else {
                VectorPacking.left(operands, product, a, a0, p, k, row, rows, left, 0);
            }
            boolean isRow = isRow(product, operands);
            for (int j = 0; j < columns;) {
                int vectors = VectorTiles.vectors(operands, isRow, columns - j);
                int count = Math.min(vectors * VectorTiles.VECTOR, columns - j);
                long corner = c0 + 4 * (row * product.ldc() + column + j);
                boolean loaded = product.accumulate() || p > 0;
                MemorySegment panel = sharedRight != null ? packed : workspace.panels;
                long panel0 = sharedRight != null ? sharedRight.panelStart(p, column + j) : 4L * j * k;
                boolean packing = row == rowFrom && sharedRight == null;
                if (packing && operands != TileShape.Operands.ROWS && j % VectorPacking.GROUP == 0) {
                    VectorPacking.panels(operands, product, b, b0, p, k, column + j,
                            Math.min(VectorPacking.GROUP, columns - j), panel, panel0, 4L * k);
                }
                int inPlace = operands == TileShape.Operands.ROWS && !product.transposeB()
                        ? rowsInPlace(product, b, b0, p, k, column + j, vectors, count, rowTo - rowFrom)
                        : 0;
                if (inPlace > 0) {
                    tiles(operands, product, left, left0, rows, inPlace, b,
                            b0 + 4 * (p * product.ldb() + column + j), 4 * product.ldb(), vectors, count, loaded, c,
                            corner, workspace.tile);
                }
                if (inPlace < k || k == 0) {
                    if (packing && operands == TileShape.Operands.ROWS) {
                        VectorPacking.right(product, b, b0, p + inPlace, k - inPlace, column + j, count, vectors, panel,
                                panel0);
                    }
                    tiles(operands, product, left, left0 + 4L * inPlace, rows, k - inPlace, panel, panel0,
                            4L * vectors * VectorTiles.VECTOR, vectors, count, loaded || inPlace > 0, c, corner,
                            workspace.tile);
                }
                j += count;
            }
        }
    }

    /// Whether a product is one row that is read where it is.
    private static boolean isRow(Product product, TileShape.Operands operands) {
        return product.m() == 1 && operands == TileShape.Operands.ROWS;
    }

    /// How many rows of B are read where they are, of some vectors from a column on.
    private static int rowsInPlace(Product product, MemorySegment b, long b0, int p, int k, int column, int vectors,
            int count, int rows) {
        int width = vectors * VectorTiles.VECTOR;
        return count < width && rows >= ROWS_WORTH_PACKING_EDGES
                ? 0
                : VectorPacking.wholeRows(b, b0 + 4 * (p * product.ldb() + column + width), 4 * product.ldb(), k);
    }

    /// Some rows of a panel of C for a block of `k`.
    ///
    /// @param left rows of A, or what was packed of them
    /// @param right `k` rows of B, or a panel of it
    /// @param count columns, no more than the vectors of a tile have
    /// @param loaded whether the sums begin with what is in C
    /// @param corner where the first element of C is
    /// @param tile to work in
    static void tiles(TileShape.Operands operands, Product product, MemorySegment left, long left0, int rows, int k,
            MemorySegment right, long right0, long rightStep, int vectors, int count, boolean loaded, MemorySegment c,
            long corner, float[] tile) {
        boolean isRow = isRow(product, operands);
        TileKernel kernel = VectorTiles.kernel(operands, vectors, isRow);
        int height = isRow ? 1 : VectorTiles.rows(operands, vectors);
        long leftStep = switch (operands) {
            case ROWS -> 4 * product.lda() * height;
            case BLOCK -> VectorPacking.BLOCK_STEP * height;
            case STRIPES -> VectorPacking.stripeStep(k);
        };
        long rowBytes = 4 * product.ldc();
        int width = vectors * VectorTiles.VECTOR;
        long from = left0;
        for (int i = 0; i < rows; i += height) {
            int wanted = Math.min(height, rows - i);
            if (loaded) {
                VectorTiles.load(c, corner + i * rowBytes, rowBytes, wanted, count, tile, width);
            } else {
                VectorTiles.clear(tile, height * vectors);
            }
            kernel.run(k, left, from, 4 * product.lda(), wanted, right, right0, rightStep, tile);
            VectorTiles.store(tile, width, c, corner + i * rowBytes, rowBytes, wanted, count);
            from += leftStep;
        }
    }
}
