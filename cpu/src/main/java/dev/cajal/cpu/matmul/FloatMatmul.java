package dev.cajal.cpu.matmul;

import dev.cajal.backend.BackendReport;
import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A single-precision matrix product on the threads of a pool, to be computed over and over, by one caller at a time, without allocation.
///
/// The work is split into rectangles of C (never along `k`), a few for each thread so that a slow one does not hold up the rest. How it is
/// split depends on the number of threads; the bits of the result do not.
public final class FloatMatmul implements Multiplication {
    private static final Recycler<MemorySegment> TILES = new Recycler<>(
            () -> Arena.ofAuto().allocate(4L * TailTile.MOST, 64));

    private final WorkerPool pool;
    private final Product product;
    /// The product as it is computed where it is written to memory.
    private final Product written;
    /// Whether its operands are exchanged then.
    private final boolean turned;
    private final TaskBody working = this::work;
    /// Whether B is the same for several runs, and stays packed.
    private final boolean keepsRight;
    /// Where A is patches: which.
    private final @Nullable Patches images;

    // How it is computed; found anew if the kernel or the number of threads changes.
    private @Nullable Split split;
    /// The operand that tasks share, packed; null if each packs what it needs.
    private @Nullable SharedOperand shared;
    private TailTile tile = new TailTile(1, 1);
    /// The product with the rows of C as far apart as they are where it is written to.
    private Product target;
    /// Where A is patches: how they are multiplied.
    private @Nullable PatchProduct patches;
    private boolean inTiles;
    private int threads;

    // Of the run that is on.
    private MemorySegment a = MemorySegment.NULL;
    private MemorySegment b = MemorySegment.NULL;
    private MemorySegment c = MemorySegment.NULL;
    private long a0;
    private long b0;
    private long c0;
    private Tail tail = (_, _, _, _, _, _) -> {};

    /// @param pool whose threads compute it
    public FloatMatmul(WorkerPool pool, Product product) {
        this(pool, Contraction.of(product));
    }

    /// @param pool whose threads compute it
    public FloatMatmul(WorkerPool pool, Contraction contraction) {
        this(pool, contraction, false);
    }

    /// @param pool whose threads compute it
    /// @param keepsRight whether B is the same for all runs until [#renewRight], so that it has to be packed but once
    public FloatMatmul(WorkerPool pool, Contraction contraction, boolean keepsRight) {
        this.pool = pool;
        this.keepsRight = keepsRight && contraction.patches().isEmpty();
        this.product = contraction.product();
        // A row times a transposed matrix is that matrix times a column: nothing to transpose.
        this.turned = product.m() == 1 && product.transposeB() && contraction.patches().isEmpty();
        this.written = turned
                ? new Product(product.batch(), product.n(), 1, product.k(), false, false, product.ldb(),
                        product.transposeA() ? product.lda() : 1, 1, product.strideB(), product.strideA(),
                        product.strideC(), product.accumulate())
                : product;
        this.target = written;
        this.images = contraction.patches().orElse(null);
    }

    /// Bytes that a product holds that keeps B.
    public static long bytesOfRight(Contraction contraction) {
        Product product = contraction.product();
        boolean isTurned = product.m() == 1 && product.transposeB();
        PackedOperand right = Lanes.available() && contraction.patches().isEmpty() && !isTurned
                ? MatmulKernels.vector().packedRight(product)
                : null;
        return right == null ? 0 : SharedOperand.bytes(right, WorkerPool.shared().threads());
    }

    @Override
    public void renewRight() {
        if (shared != null) {
            shared.renew();
        }
    }

    /// Which form of the kernel works now; of the products that there were, the one that is farthest from warm.
    public static BackendReport.Form form() {
        return switch (MatmulKernels.state()) {
            case SCALAR -> BackendReport.Form.SCALAR;
            case WARMING -> BackendReport.Form.WARMING;
            case VECTOR -> BackendReport.Form.VECTOR;
            case SLOW -> BackendReport.Form.SLOW;
        };
    }

    @Override
    public void multiply(MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset) {
        multiply(MatmulKernels.of(written), a, aOffset, b, bOffset, c, cOffset);
    }

    void multiply(MatmulKernel kernel, MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c,
            long cOffset) {
        this.a = turned ? b : a;
        this.b = turned ? a : b;
        this.c = c;
        a0 = 4 * (turned ? bOffset : aOffset);
        b0 = 4 * (turned ? aOffset : bOffset);
        c0 = 4 * cOffset;
        run(kernel, false);
    }

    @Override
    public void multiply(MemorySegment a, MemorySegment b, Tail tail) {
        multiply(MatmulKernels.of(product), a, b, tail);
    }

    void multiply(MatmulKernel kernel, MemorySegment a, MemorySegment b, Tail tail) {
        this.a = a;
        this.b = b;
        a0 = 0;
        b0 = 0;
        this.tail = tail;
        run(kernel, true);
    }

    private void run(MatmulKernel kernel, boolean tiled) {
        if (product.batch() == 0 || product.m() == 0 || product.n() == 0) {
            return;
        }
        Product whole = tiled ? product : written;
        Split known = split;
        if (known == null || known.kernel() != kernel || known.product() != whole || threads != pool.threads()
                || tiled != inTiles) {
            threads = pool.threads();
            inTiles = tiled;
            known = Split.of(kernel, threads, whole);
            plan(known);
        }
        SharedOperand operand = shared;
        if (operand == null) {
            pool.run(known.count(), working);
            return;
        }
        boolean left = operand.operand().isLeft();
        operand.begin(left ? a : b, left ? a0 : b0);
        pool.run(known.count(), working);
        operand.end();
    }

    private void plan(Split cut) {
        Product whole = cut.product();
        Patches source = images;
        split = cut;
        PackedOperand right = keepsRight && !turned ? cut.kernel().packedRight(whole) : null;
        PackedOperand packed = right == null && (source == null || PatchProduct.takesPacked(whole, source))
                ? cut.kernel().packed(whole, cut, source != null)
                : right;
        shared = packed == null ? null : new SharedOperand(pool, packed, right != null);
        tile = TailTile.of(cut, packed);
        target = inTiles ? whole.withRows(whole.lda(), whole.ldb(), tile.columns()) : whole;
        patches = source == null ? null : new PatchProduct(target, source);
    }

    /// A task: what tasks share is at hand for it.
    private void work(int task) {
        SharedOperand operand = shared;
        if (operand == null) {
            rectangles(task, MemorySegment.NULL);
            return;
        }
        PackedCopy copy = operand.take();
        rectangles(task, copy.segment());
        operand.give(copy);
    }

    private void rectangles(int task, MemorySegment packed) {
        if (inTiles) {
            handOver(task, packed);
        } else {
            write(task, packed);
        }
    }

    /// A rectangle of one item of the batch.
    ///
    /// @param packed the operand that tasks share
    private void rectangle(Split known, MemorySegment packed, int item, MemorySegment to, long to0, int row,
            int rowEnd, int column, int columnEnd) {
        PackedOperand operand = shared == null ? null : shared.operand();
        PatchProduct ofPatches = patches;
        if (ofPatches != null) {
            ofPatches.multiply(known.kernel(), operand, packed, a, a0 + 4 * item * target.strideA(), b,
                    b0 + 4 * item * target.strideB(),
                    to, to0, row, rowEnd, column, columnEnd);
        } else if (operand != null && known.kernel() instanceof VectorMatmul vectors) {
            vectors.multiply(target, operand, packed, a, a0, b, b0, to, to0, row, rowEnd, column, columnEnd);
        } else {
            known.kernel().multiply(target, a, a0 + 4 * item * target.strideA(), b, b0 + 4 * item * target.strideB(),
                    to, to0, row, rowEnd, column, columnEnd);
        }
    }

    private Split split() {
        Split known = split;
        if (known == null) {
            throw new AssertionError("a task before its run");
        }
        return known;
    }

    /// A task that writes its rectangle to memory.
    private void write(int task, MemorySegment packed) {
        Split known = split();
        for (int i = known.item(task); i < known.itemEnd(task); i++) {
            rectangle(known, packed, i, c, c0 + 4 * i * target.strideC(), known.row(task), known.rowEnd(task),
                    known.column(task), known.columnEnd(task));
        }
    }

    /// A task that hands its rectangle over, tile by tile.
    private void handOver(int task, MemorySegment packed) {
        Split known = split();
        MemorySegment memory = TILES.take();
        int columnEnd = known.columnEnd(task);
        int rowEnd = known.rowEnd(task);
        for (int i = known.item(task); i < known.itemEnd(task); i++) {
            for (int column = known.column(task); column < columnEnd; column += tile.columns()) {
                for (int row = known.row(task); row < rowEnd; row += tile.rows()) {
                    handOver(known, packed, memory, i, row, Math.min(row + tile.rows(), rowEnd), column,
                            Math.min(column + tile.columns(), columnEnd));
                }
            }
        }
        TILES.give(memory);
    }

    private void handOver(Split known, MemorySegment packed, MemorySegment memory, int item, int row, int rowEnd,
            int column, int columnEnd) {
        // Where C would have to begin for the rectangle to lie in the tile.
        long rowBytes = 4L * tile.columns();
        long start = -(row * rowBytes + 4L * column);
        rectangle(known, packed, item, memory, start, row, rowEnd, column, columnEnd);
        tail.run((long) item * target.m() + row, rowEnd - row, column, columnEnd - column, memory, rowBytes);
    }
}
