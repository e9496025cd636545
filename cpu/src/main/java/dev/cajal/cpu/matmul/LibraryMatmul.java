package dev.cajal.cpu.matmul;

import dev.cajal.backend.ProductLibrary;
import dev.cajal.backend.ProductLibrary.Kernel;
import dev.cajal.backend.ProductLibrary.Matrices;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// Products of bf16 by a library, on the threads of a pool.
///
/// A library may sum in another order where a matrix has another shape. So the product is split into rectangles that depend on its shape alone, and the
/// bits do not depend on the number of threads.
public final class LibraryMatmul {
    /// Operations of a rectangle, some fifty microseconds.
    private static final double FLOPS_PER_TASK = 8e6;
    /// Below this, whatever a library does before it multiplies costs more than a second thread gains.
    private static final int LEAST_COLUMNS = 64;
    private static final int LEAST_ROWS = 64;

    private final Product product;
    private final DType result;
    private final int items;
    private final int rows;
    private final int columns;
    /// For whole rectangles, those at the right, those at the bottom, and the last one.
    private final Kernel[] kernels;

    private LibraryMatmul(ProductLibrary library, Product product, DType result) {
        this.product = product;
        this.result = result;
        double one = 2.0 * product.m() * product.n() * product.k();
        int parts = (int) Math.clamp(one / FLOPS_PER_TASK, 1, 256);
        this.items = (int) Math.clamp(FLOPS_PER_TASK / one, 1, product.batch());
        this.columns = part(product.n(), parts, LEAST_COLUMNS);
        this.rows = part(product.m(), Math.ceilDiv(parts, Math.ceilDiv(product.n(), columns)), LEAST_ROWS);
        this.kernels = new Kernel[4];
        int lastRows = product.m() - (product.m() - 1) / rows * rows;
        int lastColumns = product.n() - (product.n() - 1) / columns * columns;
        Map<Matrices, Kernel> made = new HashMap<>();
        for (int i = 0; i < kernels.length; i++) {
            Matrices matrices = matrices(i / 2 == 0 ? rows : lastRows, i % 2 == 0 ? columns : lastColumns);
            kernels[i] = made.computeIfAbsent(matrices, library::kernel);
        }
    }

    /// A product that is to be computed many times.
    ///
    /// @param product not empty
    /// @param result [DType#F32] or [DType#BF16]
    public static LibraryMatmul of(ProductLibrary library, Product product, DType result) {
        return new LibraryMatmul(library, product, result);
    }

    /// Parts of equal length, at most `parts`, each a multiple of `unit` unless there is one only.
    private static int part(int extent, int parts, int unit) {
        int length = Math.ceilDiv(Math.ceilDiv(extent, parts), unit) * unit;
        return Math.min(length, extent);
    }

    private Matrices matrices(int height, int width) {
        return new Matrices(height, width, product.k(),
                product.transposeA() ? 1 : product.lda(), product.transposeA() ? product.lda() : 1,
                product.transposeB() ? 1 : product.ldb(), product.transposeB() ? product.ldb() : 1,
                product.ldc(), result);
    }

    /// Computes the product.
    public void multiply(WorkerPool pool, MemorySegment a, MemorySegment b, MemorySegment c) {
        bind(pool, new MemorySegment[] {a, b}, new MemorySegment[] {c}).run();
    }

    /// The product of what is in an array, to be computed over and over, one run at a time.
    public Runnable bind(WorkerPool pool, MemorySegment[] operands, MemorySegment[] results) {
        Task task = new Task(this, operands, results);
        return () -> pool.run(task.count(), task);
    }

    private record Task(LibraryMatmul all, MemorySegment[] operands, MemorySegment[] results) implements TaskBody {
        private int rowParts() {
            return Math.ceilDiv(all.product.m(), all.rows);
        }

        private int columnParts() {
            return Math.ceilDiv(all.product.n(), all.columns);
        }

        int count() {
            return Math.ceilDiv(all.product.batch(), all.items) * rowParts() * columnParts();
        }

        @Override
        public void run(int task) {
            Product product = all.product;
            int columnPart = task % columnParts();
            int rowPart = task / columnParts() % rowParts();
            int item = task / columnParts() / rowParts() * all.items;
            Kernel kernel = all.kernels[(rowPart == rowParts() - 1 ? 2 : 0)
                    + (columnPart == columnParts() - 1 ? 1 : 0)];
            long row = (long) rowPart * all.rows;
            long column = (long) columnPart * all.columns;
            long a0 = product.transposeA() ? row : row * product.lda();
            long b0 = product.transposeB() ? column * product.ldb() : column;
            long c0 = row * product.ldc() + column;
            for (int i = item; i < Math.min(item + all.items, product.batch()); i++) {
                kernel.multiply(operands[0], 2 * (i * product.strideA() + a0), operands[1],
                        2 * (i * product.strideB() + b0), results[0],
                        all.result.byteSize() * (i * product.strideC() + c0));
            }
        }
    }
}
