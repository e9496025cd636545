package dev.cajal.cpu.matmul;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Computes a rectangle of a product on the calling thread. All implementations give the same bits.
sealed interface MatmulKernel permits VectorMatmul, ScalarMatmul {
    /// Computes `C[rowFrom..rowTo, columnFrom..columnTo]` of one item of a batch.
    ///
    /// @param a0 where A begins, in bytes; likewise `b0` and `c0`
    void multiply(Product product, MemorySegment a, long a0, MemorySegment b, long b0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo);

    /// The operand that is packed beforehand, once for all tasks; null where each task had better pack for itself what it needs.
    ///
    /// @param split how the product is cut into tasks
    /// @param patches whether A is no matrix in memory, but patches of images
    @Nullable
    PackedOperand packed(Product product, Split split, boolean patches);

    /// B, packed beforehand for several runs that do not change it; null if it is read where it is.
    @Nullable
    PackedOperand packedRight(Product product);

    /// Work is split between threads at multiples of this many rows where possible.
    int rowUnit();

    /// Work is split between threads at multiples of this many columns where possible.
    int columnUnit();
}
