package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;

/// Single-precision matrix products on the threads of a pool.
///
/// The work is split into rectangles of C (never along `k`), a few for each thread so that a slow one does not hold up the rest. How it is
/// split depends on the number of threads; the bits of the result do not.
public final class FloatMatmul {
    /// A task below this many operations (some ten microseconds) is not worth handing over.
    private static final double FLOPS_PER_TASK = 1e6;
    private static final int TASKS_PER_THREAD = 4;
    /// Rows below which splitting them would pack the same columns of B too often.
    private static final int ROWS_PER_TASK = 48;

    private FloatMatmul() {}

    /// Computes a product. C must not overlap A or B.
    ///
    /// @param aOffset where A begins in `a`, in elements; likewise `bOffset` and `cOffset`
    public static void multiply(WorkerPool pool, Product product, MemorySegment a, long aOffset, MemorySegment b,
            long bOffset, MemorySegment c, long cOffset) {
        multiply(MatmulKernels.twin().kernel(), pool, product, a, aOffset, b, bOffset, c, cOffset);
    }

    static void multiply(MatmulKernel kernel, WorkerPool pool, Product product, MemorySegment a, long aOffset,
            MemorySegment b, long bOffset, MemorySegment c, long cOffset) {
        if (product.batch() == 0 || product.m() == 0 || product.n() == 0) {
            return;
        }
        if (product.m() == 1 && product.transposeB()) {
            // A row times a transposed matrix is that matrix times a column: nothing to transpose.
            Product turned = new Product(product.batch(), product.n(), 1, product.k(), false, false, product.ldb(),
                    product.transposeA() ? product.lda() : 1, 1, product.strideB(), product.strideA(),
                    product.strideC(),
                    product.accumulate());
            split(kernel, pool, turned, b, bOffset, a, aOffset, c, cOffset);
        } else {
            split(kernel, pool, product, a, aOffset, b, bOffset, c, cOffset);
        }
    }

    private static void split(MatmulKernel kernel, WorkerPool pool, Product product, MemorySegment a, long aOffset,
            MemorySegment b, long bOffset, MemorySegment c, long cOffset) {
        int wanted = (int) Math.clamp(product.flops() / FLOPS_PER_TASK, 1, TASKS_PER_THREAD * pool.threads());
        if (pool.threads() == 1) {
            wanted = 1;
        }
        int items = ceilDiv(product.batch(), wanted);
        int perItem = ceilDiv(wanted, product.batch());
        int columns = part(product.n(), perItem, kernel.columnUnit());
        int columnParts = ceilDiv(product.n(), columns);
        int rowsWanted = Math.min(ceilDiv(perItem, columnParts), Math.max(1, product.m() / ROWS_PER_TASK));
        int rows = part(product.m(), rowsWanted, kernel.rowUnit());
        var task = new Task(kernel, product, a, 4 * aOffset, b, 4 * bOffset, c, 4 * cOffset, items, rows, columns);
        pool.run(task.count(), task);
    }

    /// The smallest multiple of `unit` of which at most `parts` cover `extent`.
    private static int part(int extent, int parts, int unit) {
        int units = ceilDiv(extent, unit);
        return ceilDiv(units, Math.min(parts, units)) * unit;
    }

    private static int ceilDiv(int a, int b) {
        return Math.ceilDiv(a, b);
    }

    /// `items` products of the batch each, or a rectangle of one.
    private record Task(MatmulKernel kernel, Product product, MemorySegment a, long a0, MemorySegment b, long b0,
            MemorySegment c, long c0, int items, int rows, int columns) implements TaskBody {
        int count() {
            return ceilDiv(product.batch(), items) * ceilDiv(product.m(), rows) * ceilDiv(product.n(), columns);
        }

        @Override
        public void run(int task) {
            int columnParts = ceilDiv(product.n(), columns);
            int rowParts = ceilDiv(product.m(), rows);
            int column = task % columnParts * columns;
            int row = task / columnParts % rowParts * rows;
            int item = task / columnParts / rowParts * items;
            for (int i = item; i < Math.min(item + items, product.batch()); i++) {
                kernel.multiply(product, a, a0 + 4 * i * product.strideA(), b, b0 + 4 * i * product.strideB(), c,
                        c0 + 4 * i * product.strideC(), row, Math.min(row + rows, product.m()), column,
                        Math.min(column + columns, product.n()));
            }
        }
    }
}
