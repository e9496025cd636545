package dev.cajal.cpu.run;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.loop.TileLoop;
import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.matmul.Product;
import dev.cajal.cpu.thread.WorkerPool;

/// A matrix product whose elements go through a loop while they are in the cache.
///
/// @param tail the loop
/// @param left the slot of the first operand
/// @param right the slot of the second
record ProductStep(Product product, TileLoop tail, int left, int right) implements Step {
    @Override
    public void run(Memory memory) {
        LaneKernel[] kernels = tail.kernels();
        FloatMatmul.multiply(WorkerPool.shared(), product, memory.segment(left), memory.segment(right),
                (row, rows, column, columns, tile, rowBytes) -> tail.run(
                        memory::segment, kernels, row, rows, column, columns, tile, rowBytes));
    }
}
