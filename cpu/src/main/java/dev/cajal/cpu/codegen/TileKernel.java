package dev.cajal.cpu.codegen;

import java.lang.foreign.MemorySegment;

/// The innermost loop of a matrix product: multiplies some rows of A by some columns of B into a tile of accumulators.
@FunctionalInterface
public interface TileKernel {
    /// `tile[i][j] = fma(a[i][p], b[p][j], tile[i][j])` for `p` from 0 to `k - 1`, in this order.
    ///
    /// All steps and offsets are in bytes.
    ///
    /// @param a0 where `a[0][0]` is
    /// @param aStep from row to row of A where it lies by rows; of no meaning where it is packed, as `bStep`
    /// @param rows how many rows are wanted, at least 1; the tile's other rows hold anything in the end
    /// @param b0 where `b[0][0]` is; rows of B are dense
    /// @param bStep from row to row of B
    /// @param tile the accumulators, row by row: where the sums begin, and where they end. There is no choice to begin with zeros, since the JVM's second compiler throws code away
    /// of which it had seen only one branch, and what it makes next keeps accumulators in memory
    void run(int k, MemorySegment a, long a0, long aStep, int rows, MemorySegment b, long b0, long bStep,
            float[] tile);
}
