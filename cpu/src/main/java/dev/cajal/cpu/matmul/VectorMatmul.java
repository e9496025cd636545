package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

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
    public void multiply(Product product, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo) {
        Workspace workspace = WORKSPACES.take();
        // At least one, so that C is cleared where k is 0; all of about the same length, since each costs a load and a store of C.
        int blocks = Math.max(1, Math.ceilDiv(product.k(), K_BLOCK));
        int length = Math.max(1, Math.ceilDiv(product.k(), blocks));
        int chunk = CHUNK / length / VectorTiles.COLUMNS * VectorTiles.COLUMNS;
        for (int j = columnFrom; j < columnTo; j += chunk) {
            int columns = Math.min(chunk, columnTo - j);
            for (int p = 0; p == 0 || p < product.k(); p += length) {
                chunk(workspace, product, a, a0, b, b0, c, c0, rowFrom, rowTo, j, columns, p,
                        Math.min(length, product.k() - p));
            }
        }
        WORKSPACES.give(workspace);
    }

    /// All rows of one chunk of columns for one block of `k`.
    private static void chunk(Workspace workspace, Product product, MemorySegment a, long a0, MemorySegment b, long b0,
            MemorySegment c, long c0, int rowFrom, int rowTo, int column, int columns, int p, int k) {
        boolean stripes = product.transposeA();
        long stripeStep = VectorPacking.stripeStep(k);
        boolean panels = stripes || product.transposeB() || rowTo - rowFrom >= ROWS_WORTH_PACKING;
        long bStep = 4 * product.ldb();
        long block = b0 + (product.transposeB() ? column * bStep + 4L * p : p * bStep + 4L * column);
        for (int row = rowFrom; row < rowTo; row += ROW_BLOCK) {
            int rows = Math.min(ROW_BLOCK, rowTo - row);
            MemorySegment left = a;
            long left0 = a0 + 4 * (row * product.lda() + p);
            if (stripes) {
                VectorPacking.stripes(a, a0 + 4 * (p * product.lda() + row), 4 * product.lda(), rows, k,
                        workspace.stripes);
                left = workspace.stripes;
                left0 = 0;
            }
            for (int j = 0; j < columns;) {
                int vectors = VectorTiles.vectors(columns - j);
                int width = vectors * VectorTiles.VECTOR;
                int count = Math.min(width, columns - j);
                MemorySegment right = workspace.panels;
                long right0 = 4L * j * k;
                long rightStep = 4L * width;
                if (!panels && count == width) {
                    right = b;
                    right0 = block + 4L * j;
                    rightStep = bStep;
                } else if (row == rowFrom && product.transposeB()) {
                    VectorPacking.panelOfTransposed(b, block + j * bStep, bStep, k, count, vectors, right, right0,
                            workspace.square, workspace.edge);
                } else if (row == rowFrom) {
                    VectorPacking.panel(b, block + 4L * j, bStep, k, count, vectors, right, right0);
                }
                int height = VectorTiles.rows(vectors);
                float[] tile = workspace.tile;
                for (int i = 0; i < rows; i += height) {
                    int wanted = Math.min(height, rows - i);
                    long corner = c0 + 4 * ((row + i) * product.ldc() + column + j);
                    boolean loaded = product.accumulate() || p > 0;
                    if (loaded) {
                        VectorTiles.load(c, corner, 4 * product.ldc(), wanted, count, tile, width);
                    }
                    if (stripes) {
                        VectorTiles.packed(vectors).run(k, left, i / TileShape.STRIPE * stripeStep, stripeStep, wanted,
                                right, right0, rightStep, loaded,
                                tile);
                    } else {
                        VectorTiles.byRows(vectors, product.m() == 1).run(k, left, left0 + 4 * i * product.lda(),
                                4 * product.lda(), wanted, right, right0, rightStep, loaded,
                                tile);
                    }
                    VectorTiles.store(tile, width, c, corner, 4 * product.ldc(), wanted, count);
                }
                j += count;
            }
        }
    }
}
