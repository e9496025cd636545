package dev.cajal.cpu.run;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.loop.TileLoop;
import dev.cajal.cpu.matmul.Contraction;
import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/// A matrix product whose elements go through a loop while they are in the cache.
///
/// @param tail the loop
/// @param left the slot of the first operand
/// @param right the slot of the second
record ProductStep(Contraction product, TileLoop tail, int left, int right) implements Step {
    @Override
    public Runnable bind(Memory memory) {
        IntFunction<MemorySegment> segments = memory::segment;
        LaneKernel[] kernels = tail.kernels();
        FloatMatmul.Tail loop = (row, rows, column, columns, tile, rowBytes) -> tail.run(
                segments, kernels, row, rows, column, columns, tile, rowBytes);
        FloatMatmul matmul = new FloatMatmul(WorkerPool.shared(), product);
        return () -> {
            tail.kernels(kernels);
            matmul.multiply(memory.segment(left), memory.segment(right), loop);
        };
    }
}
