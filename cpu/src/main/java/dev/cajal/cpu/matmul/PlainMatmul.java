package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Matrix products of `double`, `int` and `long`: for checking gradients and for index arithmetic, not for speed.
///
/// Rows of C are computed a few at a time, each as the sum over `p` of `a[i][p]` times row `p` of B, in order of `p`; doubles by fused
/// multiply-adds. Offsets are in elements.
public final class PlainMatmul {
    private static final int ROWS = 16;

    private PlainMatmul() {}

    /// Double precision.
    public static void multiplyDoubles(WorkerPool pool, Product product, MemorySegment a, long aOffset, MemorySegment b,
            long bOffset, MemorySegment c, long cOffset) {
        int parts = Math.ceilDiv(product.m(), ROWS);
        pool.run(product.batch() * parts, task -> {
            int item = task / parts;
            int row = task % parts * ROWS;
            doubles(product, a, aOffset + item * product.strideA(), b, bOffset + item * product.strideB(), c,
                    cOffset + item * product.strideC(), row, Math.min(row + ROWS, product.m()));
        });
    }

    private static void doubles(Product product, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c,
            long c0, int rowFrom, int rowTo) {
        int n = product.n();
        double[][] sums = new double[rowTo - rowFrom][n];
        if (product.accumulate()) {
            for (int i = rowFrom; i < rowTo; i++) {
                MemorySegment.copy(c, ValueLayout.JAVA_DOUBLE, 8 * (c0 + i * product.ldc()), sums[i - rowFrom], 0, n);
            }
        }
        double[] line = new double[n];
        for (int p = 0; p < product.k(); p++) {
            for (int j = 0; j < n; j++) {
                line[j] = b.getAtIndex(ValueLayout.JAVA_DOUBLE, b0 + indexB(product, p, j));
            }
            for (int i = rowFrom; i < rowTo; i++) {
                double x = a.getAtIndex(ValueLayout.JAVA_DOUBLE, a0 + indexA(product, i, p));
                double[] sum = sums[i - rowFrom];
                for (int j = 0; j < n; j++) {
                    sum[j] = Math.fma(x, line[j], sum[j]);
                }
            }
        }
        for (int i = rowFrom; i < rowTo; i++) {
            MemorySegment.copy(sums[i - rowFrom], 0, c, ValueLayout.JAVA_DOUBLE, 8 * (c0 + i * product.ldc()), n);
        }
    }

    /// 32-bit integers, wrapping.
    public static void multiplyInts(WorkerPool pool, Product product, MemorySegment a, long aOffset, MemorySegment b,
            long bOffset, MemorySegment c, long cOffset) {
        integers(pool, product, true, a, aOffset, b, bOffset, c, cOffset);
    }

    /// 64-bit integers, wrapping.
    public static void multiplyLongs(WorkerPool pool, Product product, MemorySegment a, long aOffset, MemorySegment b,
            long bOffset, MemorySegment c, long cOffset) {
        integers(pool, product, false, a, aOffset, b, bOffset, c, cOffset);
    }

    private static void integers(WorkerPool pool, Product product, boolean ints, MemorySegment a, long aOffset,
            MemorySegment b, long bOffset, MemorySegment c, long cOffset) {
        int parts = Math.ceilDiv(product.m(), ROWS);
        pool.run(product.batch() * parts, task -> {
            int item = task / parts;
            int row = task % parts * ROWS;
            integers(product, ints, a, aOffset + item * product.strideA(), b, bOffset + item * product.strideB(), c,
                    cOffset + item * product.strideC(), row, Math.min(row + ROWS, product.m()));
        });
    }

    /// Sums of `int` in `long` have the same low 32 bits.
    private static void integers(Product product, boolean ints, MemorySegment a, long a0, MemorySegment b, long b0,
            MemorySegment c, long c0, int rowFrom, int rowTo) {
        int n = product.n();
        long[] line = new long[n];
        long[][] sums = new long[rowTo - rowFrom][n];
        for (int p = 0; p < product.k(); p++) {
            for (int j = 0; j < n; j++) {
                line[j] = get(b, ints, b0 + indexB(product, p, j));
            }
            for (int i = rowFrom; i < rowTo; i++) {
                long x = get(a, ints, a0 + indexA(product, i, p));
                long[] sum = sums[i - rowFrom];
                for (int j = 0; j < n; j++) {
                    sum[j] += x * line[j];
                }
            }
        }
        for (int i = rowFrom; i < rowTo; i++) {
            for (int j = 0; j < n; j++) {
                long at = c0 + i * product.ldc() + j;
                long sum = sums[i - rowFrom][j] + (product.accumulate() ? get(c, ints, at) : 0);
                if (ints) {
                    c.setAtIndex(ValueLayout.JAVA_INT, at, (int) sum);
                } else {
                    c.setAtIndex(ValueLayout.JAVA_LONG, at, sum);
                }
            }
        }
    }

    private static long get(MemorySegment memory, boolean ints, long index) {
        return ints ? memory.getAtIndex(ValueLayout.JAVA_INT, index) : memory.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    private static long indexA(Product product, int i, int p) {
        return product.transposeA() ? p * product.lda() + i : i * product.lda() + p;
    }

    private static long indexB(Product product, int p, int j) {
        return product.transposeB() ? j * product.ldb() + p : p * product.ldb() + j;
    }
}
