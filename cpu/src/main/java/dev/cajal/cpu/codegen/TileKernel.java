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
    /// @param aStep from row to row of A where it lies by rows; from stripe to stripe where it lies in stripes
    /// @param rows how many rows are wanted, at least 1; the tile's other rows hold anything in the end
    /// @param b0 where `b[0][0]` is; rows of B are dense
    /// @param bStep from row to row of B; of no meaning where B is a panel
    /// @param tile the accumulators, row by row
    void run(int k, MemorySegment a, long a0, long aStep, int rows, MemorySegment b, long b0, long bStep,
            float[] tile);
}
