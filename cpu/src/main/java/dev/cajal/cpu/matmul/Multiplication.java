package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;

/// A [Contraction] on the threads of a pool, to be computed over and over, by one caller at a time, without allocation.
///
/// How the work is split depends on the number of threads; the bits of the result do not.
public sealed interface Multiplication permits FloatMatmul, Winograd {
    /// What is done with a rectangle of a product while it is in the cache.
    @FunctionalInterface
    interface Tail {
        /// Takes rows `row` to `row + rows` and columns `column` to `column + columns`. Called by several threads at once.
        ///
        /// @param row counted through all items of the batch
        /// @param tile the elements of the rectangle, from its beginning; only good during the call
        /// @param rowBytes from one row of the tile to the next
        void run(long row, int rows, int column, int columns, MemorySegment tile, long rowBytes);
    }

    /// The way that is best for a contraction.
    ///
    /// @param pool whose threads compute it
    /// @param keepsRight whether B is the same for all runs until [#renewRight], so that it has to be packed but once
    static Multiplication of(WorkerPool pool, Contraction contraction, boolean keepsRight) {
        return contraction.planes()
                .<Multiplication>map(planes -> new Winograd(pool, planes))
                .orElseGet(() -> new FloatMatmul(pool, contraction, keepsRight));
    }

    /// Computes the product. C must not overlap A or B.
    ///
    /// @param aOffset where A begins in `a`, in elements; likewise `bOffset` and `cOffset`
    void multiply(MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset);

    /// Computes the product piece by piece and hands over each piece; the product as a whole is never in memory.
    void multiply(MemorySegment a, MemorySegment b, Tail tail);

    /// Tells one that keeps B that it has changed.
    void renewRight();
}
