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
/// packed so that it streams through the second-level cache, A read in place (packed where it is stored transposed). B is
/// read in place too where too few rows would share the packing.
final class VectorMatmul implements MatmulKernel {
    /// The most rows of B in a block: a stripe of A (12 KB) then fits the first-level cache.
    private static final int K_BLOCK = 512;
    /// Elements of B in a chunk: 512 KB packed, in the second-level cache.
    private static final int CHUNK = K_BLOCK * 256;
    /// Rows of A that are gone through before the next panel of B: 288 KB.
    private static final int ROW_BLOCK = 192;
    /// Below, packing B costs more than it saves.
    private static final int ROWS_WORTH_PACKING = 160;
    /// The same for columns that do not fill a tile: read in place, they are not aligned.
    private static final int ROWS_WORTH_PACKING_EDGES = 8;

    private static final Recycler<Workspace> WORKSPACES = new Recycler<>(Workspace::new);

    /// What one thread needs at a time.
    private static final class Workspace {
        final float[] tile = new float[VectorTiles.MOST];
        final float[] square = new float[VectorPacking.SCRATCH];
        final MemorySegment edge;
        final MemorySegment stripes;
        final MemorySegment panels;

        Workspace() {
            Arena arena = Arena.ofAuto();
            edge = arena.allocate(4L * VectorTiles.VECTOR * VectorTiles.VECTOR, 64);
            stripes = arena.allocate(VectorPacking.stripeStep(K_BLOCK) * Math.ceilDiv(ROW_BLOCK, TileShape.STRIPE), 64);
            panels = arena.allocate(4L * (CHUNK + (K_BLOCK + VectorPacking.ROWS_BEYOND) * VectorTiles.COLUMNS), 64);
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
    public @Nullable PackedProduct packed(Product product) {
        boolean shared = product.transposeA() || product.m() >= ROWS_WORTH_PACKING;
        boolean alone = product.batch() != 1 || product.transposeB();
        return shared && !alone ? PackedProduct.of(product) : null;
    }

    /// How long the blocks of `k` are: all of about the same length, since each costs a load and a store of C.
    static int blockLength(int k) {
        return Math.max(1, Math.ceilDiv(k, Math.max(1, Math.ceilDiv(k, K_BLOCK))));
    }

    @Override
    public void multiply(Product product, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo) {
        multiply(product, null, a, a0, b, b0, c, c0, rowFrom, rowTo, columnFrom, columnTo);
    }

    /// A product of patches that are stored nowhere, by their transpose.
    void multiply(Product product, TurnedPatches patches, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom,
            int rowTo, int columnFrom, int columnTo) {
        multiply(product, patches, MemorySegment.NULL, 0, b, b0, c, c0, rowFrom, rowTo, columnFrom, columnTo);
    }

    private static void multiply(Product product, @Nullable TurnedPatches patches, MemorySegment a, long a0,
            MemorySegment b, long b0, MemorySegment c, long c0, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        Workspace workspace = WORKSPACES.take();
        int length = blockLength(product.k());
        int chunk = CHUNK / length / VectorTiles.COLUMNS * VectorTiles.COLUMNS;
        for (int j = columnFrom; j < columnTo; j += chunk) {
            int columns = Math.min(chunk, columnTo - j);
            // At least once, so that C is cleared where k is 0.
            for (int p = 0; p == 0 || p < product.k(); p += length) {
                chunk(workspace, product, patches, a, a0, b, b0, c, c0, rowFrom, rowTo, j, columns, p,
                        Math.min(length, product.k() - p));
            }
        }
        WORKSPACES.give(workspace);
    }

    /// All rows of one chunk of columns for one block of `k`.
    private static void chunk(Workspace workspace, Product product, @Nullable TurnedPatches patches, MemorySegment a,
            long a0, MemorySegment b, long b0, MemorySegment c, long c0, int rowFrom, int rowTo, int column,
            int columns, int p, int k) {
        boolean stripes = product.transposeA();
        boolean panels = stripes || product.transposeB() || rowTo - rowFrom >= ROWS_WORTH_PACKING;
        long bStep = 4 * product.ldb();
        long block = b0 + (product.transposeB() ? column * bStep + 4L * p : p * bStep + 4L * column);
        for (int row = rowFrom; row < rowTo; row += ROW_BLOCK) {
            int rows = Math.min(ROW_BLOCK, rowTo - row);
            MemorySegment left = a;
            long left0 = a0 + 4 * (row * product.lda() + p);
            if (patches != null) {
                patches.stripes(p, k, row, rows, workspace.stripes);
                left = workspace.stripes;
                left0 = 0;
            } else if (stripes) {
                VectorPacking.stripes(a, a0 + 4 * (p * product.lda() + row), 4 * product.lda(), rows, k,
                        workspace.stripes, 0);
                left = workspace.stripes;
                left0 = 0;
            }
            for (int j = 0; j < columns;) {
                int vectors = VectorTiles.vectors(columns - j);
                int width = vectors * VectorTiles.VECTOR;
                int count = Math.min(width, columns - j);
                long corner = c0 + 4 * (row * product.ldc() + column + j);
                boolean loaded = product.accumulate() || p > 0;
                MemorySegment panel = workspace.panels;
                long panel0 = 4L * j * k;
                boolean packed = panels || count < width && rowTo - rowFrom >= ROWS_WORTH_PACKING_EDGES;
                int inPlace = packed ? 0 : VectorPacking.wholeRows(b, block + 4L * (j + width), bStep, k);
                if (inPlace > 0) {
                    tiles(product, left, left0, rows, inPlace, b, block + 4L * j, bStep, vectors, count, loaded, c,
                            corner, workspace.tile);
                }
                if (inPlace < k || k == 0) {
                    int rest = k - inPlace;
                    if (row == rowFrom && product.transposeB()) {
                        VectorPacking.panelOfTransposed(b, block + j * bStep, bStep, k, count, vectors, panel, panel0,
                                workspace.square, workspace.edge);
                    } else if (row == rowFrom) {
                        VectorPacking.panel(b, block + inPlace * bStep + 4L * j, bStep, rest, count, vectors, panel,
                                panel0);
                    }
                    tiles(product, left, left0 + 4L * inPlace, rows, rest, panel, panel0, 4L * width, vectors, count,
                            loaded || inPlace > 0, c, corner, workspace.tile);
                }
                j += count;
            }
        }
    }

    /// Some rows of a panel of C for a block of `k`.
    ///
    /// @param left rows of A, or its stripes
    /// @param right `k` rows of B, or a panel of it
    /// @param count columns, no more than the vectors of a tile have
    /// @param loaded whether the sums begin with what is in C
    /// @param corner where the first element of C is
    /// @param tile to work in
    static void tiles(Product product, MemorySegment left, long left0, int rows, int k, MemorySegment right,
            long right0, long rightStep, int vectors, int count, boolean loaded, MemorySegment c, long corner,
            float[] tile) {
        boolean stripes = product.transposeA();
        TileKernel kernel = stripes ? VectorTiles.packed(vectors) : VectorTiles.byRows(vectors, product.m() == 1);
        long step = stripes ? VectorPacking.stripeStep(k) : 4 * product.lda();
        long rowBytes = 4 * product.ldc();
        int width = vectors * VectorTiles.VECTOR;
        int height = VectorTiles.rows(vectors);
        for (int i = 0; i < rows; i += height) {
            int wanted = Math.min(height, rows - i);
            if (loaded) {
                VectorTiles.load(c, corner + i * rowBytes, rowBytes, wanted, count, tile, width);
            }
            long from = left0 + (stripes ? i / TileShape.STRIPE : i) * step;
            kernel.run(k, left, from, step, wanted, right, right0, rightStep, loaded, tile);
            VectorTiles.store(tile, width, c, corner + i * rowBytes, rowBytes, wanted, count);
        }
    }
}
