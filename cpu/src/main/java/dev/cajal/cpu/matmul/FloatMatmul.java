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
    private final TaskBody writing = this::write;
    private final TaskBody handingOver = this::handOver;
    private final TaskBody packing = this::pack;
    /// Whether B is the same for several runs, and stays packed.
    private final boolean keepsRight;
    /// Memory for it, if threads share it.
    private final PackedMemory kept = new PackedMemory();
    /// Where threads have an operand packed each for itself.
    private final Recycler<PackedCopy> copies;
    private boolean isPacked;
    /// Where A is patches: which.
    private final @Nullable Patches images;

    // How it is computed; found anew if the kernel or the number of threads changes.
    private @Nullable Split split;
    /// How an operand is packed beforehand; null if none is.
    private @Nullable PackedOperand packed;
    /// Whether each thread packs it for itself.
    private boolean isCopied;
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
    private MemorySegment packedOperands = MemorySegment.NULL;
    private long stamp;
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
        this.copies = this.keepsRight ? new Recycler<>(PackedCopy::new) : PackedCopy.FREE;
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
        int threads = WorkerPool.shared().threads();
        return right == null ? 0 : PackedCopy.isFor(right, threads) ? threads * right.bytes() : right.bytes();
    }

    @Override
    public void renewRight() {
        isPacked = false;
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
        this.a = a;
        this.b = b;
        a0 = 0;
        b0 = 0;
        this.tail = tail;
        run(MatmulKernels.of(product), true);
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
        TaskBody task = tiled ? handingOver : writing;
        PackedOperand operand = packed;
        boolean isKept = operand != null && keepsRight && !operand.isLeft();
        if (operand == null || isKept && isPacked) {
            pool.run(known.count(), task);
            return;
        }
        isPacked = isKept;
        if (isCopied) {
            stamp = PackedCopy.newStamp();
            pool.run(known.count(), task);
            return;
        }
        PackedMemory memory = isKept ? kept : PackedMemory.FREE.take();
        packedOperands = memory.atLeast(operand.bytes());
        pool.run(operand.pieces(), packing);
        pool.run(known.count(), task);
        if (!isKept) {
            PackedMemory.FREE.give(memory);
        }
    }

    private void plan(Split cut) {
        Product whole = cut.product();
        Patches source = images;
        split = cut;
        PackedOperand right = keepsRight && !turned ? cut.kernel().packedRight(whole) : null;
        packed = right == null && (source == null || PatchProduct.takesPacked(whole, source))
                ? cut.kernel().packed(whole, cut, source != null)
                : right;
        isPacked = false;
        isCopied = packed != null && PackedCopy.isFor(packed, threads);
        tile = TailTile.of(cut, packed);
        target = inTiles ? whole.withRows(whole.lda(), whole.ldb(), tile.columns()) : whole;
        patches = source == null ? null : new PatchProduct(target, source);
    }

    private void pack(int piece) {
        PackedOperand whole = packed();
        whole.pack(piece, whole.isLeft() ? a : b, whole.isLeft() ? a0 : b0, packedOperands);
    }

    private PackedOperand packed() {
        PackedOperand known = packed;
        if (known == null) {
            throw new AssertionError("packed before it was planned");
        }
        return known;
    }

    /// A thread's own copy of the packed operand; null if threads share one, or nothing is packed.
    private @Nullable PackedCopy takeCopy() {
        return isCopied ? copies.take() : null;
    }

    /// Where the packed operand is for a thread with such a copy.
    private MemorySegment packedIn(@Nullable PackedCopy copy) {
        if (copy == null) {
            return packedOperands;
        }
        PackedOperand whole = packed();
        return copy.of(whole, stamp, whole.isLeft() ? a : b, whole.isLeft() ? a0 : b0);
    }

    private void giveBack(@Nullable PackedCopy copy) {
        if (copy != null) {
            copies.give(copy);
        }
    }

    /// A rectangle of one item of the batch.
    ///
    /// @param operand what was packed
    private void rectangle(Split known, MemorySegment operand, int item, MemorySegment to, long to0, int row,
            int rowEnd, int column, int columnEnd) {
        PackedOperand whole = packed;
        PatchProduct ofPatches = patches;
        if (ofPatches != null) {
            ofPatches.multiply(known.kernel(), whole, operand, a, a0 + 4 * item * target.strideA(), b,
                    b0 + 4 * item * target.strideB(),
                    to, to0, row, rowEnd, column, columnEnd);
        } else if (whole != null && known.kernel() instanceof VectorMatmul vectors) {
            vectors.multiply(target, whole, operand, a, a0, b, b0, to, to0, row, rowEnd, column, columnEnd);
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
    private void write(int task) {
        Split known = split();
        PackedCopy copy = takeCopy();
        MemorySegment operand = packedIn(copy);
        for (int i = known.item(task); i < known.itemEnd(task); i++) {
            rectangle(known, operand, i, c, c0 + 4 * i * target.strideC(), known.row(task), known.rowEnd(task),
                    known.column(task), known.columnEnd(task));
        }
        giveBack(copy);
    }

    /// A task that hands its rectangle over, tile by tile.
    private void handOver(int task) {
        Split known = split();
        MemorySegment memory = TILES.take();
        PackedCopy copy = takeCopy();
        MemorySegment operand = packedIn(copy);
        int columnEnd = known.columnEnd(task);
        int rowEnd = known.rowEnd(task);
        for (int i = known.item(task); i < known.itemEnd(task); i++) {
            for (int column = known.column(task); column < columnEnd; column += tile.columns()) {
                for (int row = known.row(task); row < rowEnd; row += tile.rows()) {
                    handOver(known, operand, memory, i, row, Math.min(row + tile.rows(), rowEnd), column,
                            Math.min(column + tile.columns(), columnEnd));
                }
            }
        }
        giveBack(copy);
        TILES.give(memory);
    }

    private void handOver(Split known, MemorySegment operand, MemorySegment memory, int item, int row, int rowEnd,
            int column, int columnEnd) {
        // Where C would have to begin for the rectangle to lie in the tile.
        long rowBytes = 4L * tile.columns();
        long start = -(row * rowBytes + 4L * column);
        rectangle(known, operand, item, memory, start, row, rowEnd, column, columnEnd);
        tail.run((long) item * target.m() + row, rowEnd - row, column, columnEnd - column, memory, rowBytes);
    }
}
