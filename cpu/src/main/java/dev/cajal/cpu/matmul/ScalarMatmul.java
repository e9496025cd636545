package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Products without the Vector API, with the bits of [VectorMatmul].
///
/// The inner loop runs over heap arrays and independent columns, in the form that the JVM's compiler vectorises by itself; it does not vectorise
/// loops over memory segments.
final class ScalarMatmul implements MatmulKernel {
    private static final int K_BLOCK = 128;
    private static final int COLUMNS = 256;
    private static final int ROWS = 64;

    private static final Recycler<Workspace> WORKSPACES = new Recycler<>(Workspace::new);

    private static final class Workspace {
        final float[] a = new float[ROWS * K_BLOCK];
        final float[][] b = new float[K_BLOCK][COLUMNS];
        final float[][] c = new float[ROWS][COLUMNS];
        final float[] line = new float[Math.max(ROWS, K_BLOCK)];
    }

    @Override
    public int rowUnit() {
        return 8;
    }

    @Override
    public int columnUnit() {
        return 64;
    }

    @Override
    public @Nullable PackedOperand packed(Product product, Split split, boolean patches) {
        return null;
    }

    @Override
    public @Nullable PackedOperand packedRight(Product product) {
        return null;
    }

    @Override
    public void multiply(Product product, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo) {
        Workspace workspace = WORKSPACES.take();
        for (int column = columnFrom; column < columnTo; column += COLUMNS) {
            int columns = Math.min(COLUMNS, columnTo - column);
            for (int p = 0; p == 0 || p < product.k(); p += K_BLOCK) {
                int k = Math.min(K_BLOCK, product.k() - p);
                packB(product, b, b0, p, k, column, columns, workspace);
                for (int row = rowFrom; row < rowTo; row += ROWS) {
                    int rows = Math.min(ROWS, rowTo - row);
                    packA(product, a, a0, row, rows, p, k, workspace);
                    load(product, c, c0, row, rows, column, columns, product.accumulate() || p > 0, workspace);
                    block(workspace, rows, columns, k);
                    for (int i = 0; i < rows; i++) {
                        MemorySegment.copy(workspace.c[i], 0, c, ValueLayout.JAVA_FLOAT,
                                c0 + 4 * ((row + i) * product.ldc() + column), columns);
                    }
                }
            }
        }
        WORKSPACES.give(workspace);
    }

    private static void packB(Product product, MemorySegment b, long b0, int p0, int k, int column, int columns,
            Workspace workspace) {
        if (product.transposeB()) {
            for (int j = 0; j < columns; j++) {
                float[] line = workspace.line;
                MemorySegment.copy(b, ValueLayout.JAVA_FLOAT, b0 + 4 * ((column + j) * product.ldb() + p0), line, 0, k);
                for (int p = 0; p < k; p++) {
                    workspace.b[p][j] = line[p];
                }
            }
        } else {
            for (int p = 0; p < k; p++) {
                MemorySegment.copy(b, ValueLayout.JAVA_FLOAT, b0 + 4 * ((p0 + p) * product.ldb() + column),
                        workspace.b[p],
                        0, columns);
            }
        }
    }

    private static void packA(Product product, MemorySegment a, long a0, int row, int rows, int p0, int k,
            Workspace workspace) {
        if (product.transposeA()) {
            float[] line = workspace.line;
            for (int p = 0; p < k; p++) {
                MemorySegment.copy(a, ValueLayout.JAVA_FLOAT, a0 + 4 * ((p0 + p) * product.lda() + row), line, 0, rows);
                for (int i = 0; i < rows; i++) {
                    workspace.a[i * K_BLOCK + p] = line[i];
                }
            }
        } else {
            for (int i = 0; i < rows; i++) {
                MemorySegment.copy(a, ValueLayout.JAVA_FLOAT, a0 + 4 * ((row + i) * product.lda() + p0), workspace.a,
                        i * K_BLOCK, k);
            }
        }
    }

    private static void load(Product product, MemorySegment c, long c0, int row, int rows, int column, int columns,
            boolean onto, Workspace workspace) {
        for (int i = 0; i < rows; i++) {
            if (onto) {
                MemorySegment.copy(c, ValueLayout.JAVA_FLOAT, c0 + 4 * ((row + i) * product.ldc() + column),
                        workspace.c[i], 0, columns);
            } else {
                Arrays.fill(workspace.c[i], 0, columns, 0f);
            }
        }
    }

    /// `c[i][j] = fma(a[i][p], b[p][j], c[i][j])`, four `p` and two rows at a time.
    private static void block(Workspace workspace, int rows, int columns, int k) {
        float[] a = workspace.a;
        float[][] b = workspace.b;
        for (int i = 0; i < rows; i += 2) {
            boolean pair = i + 1 < rows;
            int s = i * K_BLOCK;
            int t = s + K_BLOCK;
            float[] c = workspace.c[i];
            int p = 0;
            for (; p <= k - 4; p += 4) {
                if (pair) {
                    twoRows(c, workspace.c[i + 1], b[p], b[p + 1], b[p + 2], b[p + 3], a[s + p], a[s + p + 1],
                            a[s + p + 2],
                            a[s + p + 3], a[t + p], a[t + p + 1], a[t + p + 2], a[t + p + 3], columns);
                } else {
                    row(c, b[p], b[p + 1], b[p + 2], b[p + 3], a[s + p], a[s + p + 1], a[s + p + 2], a[s + p + 3],
                            columns);
                }
            }
            for (; p < k; p++) {
                step(c, b[p], a[s + p], columns);
                if (pair) {
                    step(workspace.c[i + 1], b[p], a[t + p], columns);
                }
            }
        }
    }

    private static void twoRows(float[] c, float[] d, float[] b0, float[] b1, float[] b2, float[] b3, float x0,
            float x1,
            float x2, float x3, float y0, float y1, float y2, float y3, int columns) {
        for (int j = 0; j < columns; j++) {
            float v0 = b0[j];
            float v1 = b1[j];
            float v2 = b2[j];
            float v3 = b3[j];
            c[j] = Math.fma(x3, v3, Math.fma(x2, v2, Math.fma(x1, v1, Math.fma(x0, v0, c[j]))));
            d[j] = Math.fma(y3, v3, Math.fma(y2, v2, Math.fma(y1, v1, Math.fma(y0, v0, d[j]))));
        }
    }

    private static void row(float[] c, float[] b0, float[] b1, float[] b2, float[] b3, float x0, float x1, float x2,
            float x3, int columns) {
        for (int j = 0; j < columns; j++) {
            c[j] = Math.fma(x3, b3[j], Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], c[j]))));
        }
    }

    private static void step(float[] c, float[] b, float x, int columns) {
        for (int j = 0; j < columns; j++) {
            c[j] = Math.fma(x, b[j], c[j]);
        }
    }
}
