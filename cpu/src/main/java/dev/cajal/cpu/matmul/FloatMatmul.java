package dev.cajal.cpu.matmul;

import dev.cajal.backend.BackendReport;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Single-precision matrix products on the threads of a pool.
///
/// The work is split into rectangles of C (never along `k`), a few for each thread so that a slow one does not hold up the rest. How it is
/// split depends on the number of threads; the bits of the result do not.
public final class FloatMatmul {
    /// A task below this many operations (some ten microseconds) is not worth handing over.
    private static final double FLOPS_PER_TASK = 1e6;
    private static final int TASKS_PER_THREAD = 4;
    /// Rows below which splitting them would read the same columns of B too often.
    private static final int ROWS_PER_TASK = 48;
    /// Columns of a tile that a tail works on: what a kernel packs at a time.
    private static final int TILE_COLUMNS = 256;
    /// The most rows of such a tile: 240 KB, which the second-level cache keeps.
    private static final int TILE_ROWS = 240;

    private static final Recycler<MemorySegment> TILES = new Recycler<>(
            () -> Arena.ofAuto().allocate(4L * TILE_ROWS * TILE_COLUMNS, 64));

    private FloatMatmul() {}

    /// Which form of the kernel works now; of the products that there were, the one that is farthest from warm.
    public static BackendReport.Form form() {
        return switch (MatmulKernels.state()) {
            case SCALAR -> BackendReport.Form.SCALAR;
            case WARMING -> BackendReport.Form.WARMING;
            case VECTOR -> BackendReport.Form.VECTOR;
            case SLOW -> BackendReport.Form.SLOW;
        };
    }

    /// What is done with a rectangle of a product while it is in the cache.
    @FunctionalInterface
    public interface Tail {
        /// Takes rows `row` to `row + rows` and columns `column` to `column + columns`. Called by several threads at once.
        ///
        /// @param row counted through all items of the batch
        /// @param tile the elements of the rectangle, from its beginning; only good during the call
        /// @param rowBytes from one row of the tile to the next
        void run(long row, int rows, int column, int columns, MemorySegment tile, long rowBytes);
    }

    /// Computes a product piece by piece and hands over each piece; the product as a whole is never in memory.
    public static void multiply(WorkerPool pool, Product product, MemorySegment a, MemorySegment b, Tail tail) {
        if (product.batch() == 0 || product.m() == 0 || product.n() == 0) {
            return;
        }
        Split split = Split.of(MatmulKernels.of(product), pool, product);
        pool.run(split.count(),
                new TailTask(split, product.withRows(product.lda(), product.ldb(), TILE_COLUMNS), a, b, tail));
    }

    /// Computes a product. C must not overlap A or B.
    ///
    /// @param aOffset where A begins in `a`, in elements; likewise `bOffset` and `cOffset`
    public static void multiply(WorkerPool pool, Product product, MemorySegment a, long aOffset, MemorySegment b,
            long bOffset, MemorySegment c, long cOffset) {
        multiply(MatmulKernels.of(product), pool, product, a, aOffset, b, bOffset, c, cOffset);
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
        Split split = Split.of(kernel, pool, product);
        pool.run(split.count(), new Task(split, product, a, 4 * aOffset, b, 4 * bOffset, c, 4 * cOffset));
    }

    private static int ceilDiv(int a, int b) {
        return Math.ceilDiv(a, b);
    }

    /// How a product is cut into tasks: some items of the batch each, or a rectangle of one.
    ///
    /// @param items of the batch in a task
    /// @param rows of a rectangle
    /// @param columns of a rectangle
    private record Split(MatmulKernel kernel, Product product, int items, int rows, int columns) {
        static Split of(MatmulKernel kernel, WorkerPool pool, Product product) {
            int wanted = pool.threads() == 1
                    ? 1
                    : (int) Math.clamp(product.flops() / FLOPS_PER_TASK, 1, TASKS_PER_THREAD * pool.threads());
            int perItem = ceilDiv(wanted, product.batch());
            int items = ceilDiv(product.batch(), wanted);
            int mostRowParts = Math.max(1, product.m() / ROWS_PER_TASK);
            // A transposed operand is packed, best by one task alone: A by rows, B by columns. Otherwise the longer side is cut.
            if (!product.transposeB() && 2L * product.m() >= product.n()) {
                int rows = part(product.m(), Math.min(perItem, mostRowParts), kernel.rowUnit());
                int columnParts = ceilDiv(perItem, ceilDiv(product.m(), rows));
                return new Split(kernel, product, items, rows, part(product.n(), columnParts, kernel.columnUnit()));
            }
            int columns = part(product.n(), perItem, kernel.columnUnit());
            int rowParts = Math.min(ceilDiv(perItem, ceilDiv(product.n(), columns)), mostRowParts);
            return new Split(kernel, product, items, part(product.m(), rowParts, kernel.rowUnit()), columns);
        }

        /// The smallest multiple of `unit` of which at most `parts` cover `extent`.
        private static int part(int extent, int parts, int unit) {
            int units = ceilDiv(extent, unit);
            return ceilDiv(units, Math.min(parts, units)) * unit;
        }

        int count() {
            return ceilDiv(product.batch(), items) * ceilDiv(product.m(), rows) * ceilDiv(product.n(), columns);
        }

        int column(int task) {
            return task % ceilDiv(product.n(), columns) * columns;
        }

        int columnEnd(int task) {
            return Math.min(column(task) + columns, product.n());
        }

        int row(int task) {
            return task / ceilDiv(product.n(), columns) % ceilDiv(product.m(), rows) * rows;
        }

        int rowEnd(int task) {
            return Math.min(row(task) + rows, product.m());
        }

        int item(int task) {
            return task / ceilDiv(product.n(), columns) / ceilDiv(product.m(), rows) * items;
        }

        int itemEnd(int task) {
            return Math.min(item(task) + items, product.batch());
        }
    }

    /// A task that writes its rectangle to memory.
    private record Task(Split split, Product product, MemorySegment a, long a0, MemorySegment b, long b0,
            MemorySegment c,
            long c0) implements TaskBody {
        @Override
        public void run(int task) {
            for (int i = split.item(task); i < split.itemEnd(task); i++) {
                split.kernel().multiply(product, a, a0 + 4 * i * product.strideA(), b, b0 + 4 * i * product.strideB(),
                        c,
                        c0 + 4 * i * product.strideC(), split.row(task), split.rowEnd(task), split.column(task),
                        split.columnEnd(task));
            }
        }
    }

    /// A task that hands its rectangle over, tile by tile.
    ///
    /// @param product with the rows of C as far apart as those of a tile
    private record TailTask(Split split, Product product, MemorySegment a, MemorySegment b, Tail tail)
            implements TaskBody {
        @Override
        public void run(int task) {
            MemorySegment tile = TILES.take();
            int columnEnd = split.columnEnd(task);
            int rowEnd = split.rowEnd(task);
            for (int i = split.item(task); i < split.itemEnd(task); i++) {
                for (int column = split.column(task); column < columnEnd; column += TILE_COLUMNS) {
                    for (int row = split.row(task); row < rowEnd; row += TILE_ROWS) {
                        tile(tile, i, row, Math.min(row + TILE_ROWS, rowEnd), column,
                                Math.min(column + TILE_COLUMNS, columnEnd));
                    }
                }
            }
            TILES.give(tile);
        }

        private void tile(MemorySegment tile, int item, int row, int rowEnd, int column, int columnEnd) {
            long rowBytes = 4L * TILE_COLUMNS;
            // Where C would have to begin for the rectangle to lie in the tile.
            long c0 = -(row * rowBytes + 4L * column);
            split.kernel().multiply(product, a, 4 * item * product.strideA(), b, 4 * item * product.strideB(), tile, c0,
                    row,
                    rowEnd, column, columnEnd);
            tail.run((long) item * product.m() + row, rowEnd - row, column, columnEnd - column, tile, rowBytes);
        }
    }
}
