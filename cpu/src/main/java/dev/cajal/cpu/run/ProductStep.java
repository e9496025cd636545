package dev.cajal.cpu.run;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.loop.TileLoop;
import dev.cajal.cpu.matmul.Contraction;
import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.matmul.Multiplication;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/// A matrix product whose elements go through a loop while they are in the cache.
///
/// @param tail the loop
/// @param left the slot of the first operand
/// @param right the slot of the second
/// @param keepsRight whether the second does not change from trip to trip of a repetition
record ProductStep(Contraction product, TileLoop tail, int left, int right, boolean keepsRight)
        implements Step {
    @Override
    public long temporaryBytes() {
        return keepsRight ? FloatMatmul.bytesOfRight(product) : 0;
    }

    @Override
    public Runnable bind(Memory memory) {
        IntFunction<MemorySegment> segments = memory::segment;
        LaneKernel[] kernels = tail.kernels();
        Multiplication.Tail loop = (row, rows, column, columns, tile, rowBytes) -> tail.run(
                segments, kernels, row, rows, column, columns, tile, rowBytes);
        Multiplication multiplication = Multiplication.of(WorkerPool.shared(), product, keepsRight);
        Repetition repetition = new Repetition(memory);
        return () -> {
            if (repetition.isNew()) {
                multiplication.renewRight();
            }
            tail.kernels(kernels);
            multiplication.multiply(memory.segment(left), memory.segment(right), loop);
        };
    }
}
