package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Products by register tiles of the Vector API.
///
/// As in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): columns in chunks, `k` in blocks, the block of B
/// packed so that it streams through the second-level cache, A read in place (packed where it is stored transposed). B is
/// read in place too where too few rows would share the packing.
final class VectorMatmul implements MatmulKernel {
    /// Rows of B in a block: a stripe of A (9 KB) then fits the first-level cache.
    private static final int K_BLOCK = 384;
    /// Columns of B in a chunk: 384 KB packed.
    private static final int COLUMN_CHUNK = 256;
    /// Rows of A that are gone through before the next panel of B: 288 KB.
    private static final int ROW_BLOCK = 192;
    /// Below, packing B costs more than it saves.
    private static final int ROWS_WORTH_PACKING = 160;

    private static final Recycler<Workspace> WORKSPACES = new Recycler<>(Workspace::new);

    /// What one thread needs at a time.
    private static final class Workspace {
        final float[] tile = new float[VectorTiles.ROWS * VectorTiles.COLUMNS];
        final float[] square = new float[VectorPacking.SCRATCH];
        final MemorySegment stripes;
        final MemorySegment panels;

        Workspace() {
            Arena arena = Arena.ofAuto();
            stripes = arena.allocate(4L * K_BLOCK * ROW_BLOCK + 64, 64);
            panels = arena.allocate(4L * K_BLOCK * (COLUMN_CHUNK + VectorTiles.COLUMNS), 64);
        }
    }

    @Override
    public int rowUnit() {
        return VectorTiles.ROWS;
    }

    @Override
    public int columnUnit() {
        return VectorTiles.COLUMNS;
    }

    @Override
    public void multiply(Product product, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo) {
        Workspace workspace = WORKSPACES.take();
        for (int j = columnFrom; j < columnTo; j += COLUMN_CHUNK) {
            int columns = Math.min(COLUMN_CHUNK, columnTo - j);
            // At least once, so that C is cleared where k is 0.
            for (int p = 0; p == 0 || p < product.k(); p += K_BLOCK) {
                chunk(workspace, product, a, a0, b, b0, c, c0, rowFrom, rowTo, j, columns, p,
                        Math.min(K_BLOCK, product.k() - p));
            }
        }
        WORKSPACES.give(workspace);
    }

    /// All rows of one chunk of columns for one block of `k`.
    private static void chunk(Workspace workspace, Product product, MemorySegment a, long a0, MemorySegment b, long b0,
            MemorySegment c, long c0, int rowFrom, int rowTo, int column, int columns, int p, int k) {
        boolean packed = product.transposeB() || rowTo - rowFrom >= ROWS_WORTH_PACKING;
        long bStep = 4 * product.ldb();
        long block = b0 + (product.transposeB() ? column * bStep + 4L * p : p * bStep + 4L * column);
        for (int row = rowFrom; row < rowTo; row += ROW_BLOCK) {
            int rows = Math.min(ROW_BLOCK, rowTo - row);
            MemorySegment stripes = a;
            long stripes0 = a0 + 4 * (row * product.lda() + p);
            long rowStep = 4 * product.lda();
            long kStep = 4;
            if (product.transposeA()) {
                VectorPacking.stripes(a, a0 + 4 * (p * product.lda() + row), 4 * product.lda(), rows, k,
                        workspace.stripes);
                stripes = workspace.stripes;
                stripes0 = 0;
                rowStep = 4;
                kStep = 4 * VectorTiles.ROWS;
            }
            for (int j = 0; j < columns;) {
                int vectors = VectorTiles.vectors(columns - j);
                int width = vectors * VectorTiles.COLUMNS / VectorTiles.VECTORS;
                int count = Math.min(width, columns - j);
                MemorySegment panel = workspace.panels;
                long panel0 = 4L * j * k;
                long panelStep = 4L * width;
                if (!packed && count == width) {
                    panel = b;
                    panel0 = block + 4L * j;
                    panelStep = bStep;
                } else if (row == rowFrom && product.transposeB()) {
                    VectorPacking.panelOfTransposed(b, block + j * bStep, bStep, k, count, vectors, panel, panel0,
                            workspace.square);
                } else if (row == rowFrom) {
                    VectorPacking.panel(b, block + 4L * j, bStep, k, count, vectors, panel, panel0);
                }
                for (int i = 0; i < rows; i += VectorTiles.ROWS) {
                    int height = Math.min(VectorTiles.ROWS, rows - i);
                    long corner = c0 + 4 * ((row + i) * product.ldc() + column + j);
                    float[] tile = workspace.tile;
                    if (product.accumulate() || p > 0) {
                        VectorTiles.load(c, corner, 4 * product.ldc(), height, count, tile, width);
                    } else {
                        VectorTiles.clear(tile, height * width);
                    }
                    long stripe0 = product.transposeA() ? 4L * i * k : stripes0 + i * rowStep;
                    VectorTiles.run(height, vectors, k, stripes, stripe0, rowStep, kStep, panel, panel0, panelStep,
                            tile);
                    VectorTiles.store(tile, width, c, corner, 4 * product.ldc(), height, count);
                }
                j += count;
            }
        }
    }
}
