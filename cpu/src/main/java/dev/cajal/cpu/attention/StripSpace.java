package dev.cajal.cpu.attention;

import dev.cajal.cpu.matmul.PackedMemory;
import dev.cajal.cpu.matmul.Product;
import dev.cajal.cpu.matmul.StripProduct;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// How strips, products and numbers lie in the memory that a task works in. The memory itself is the task's from [#open] to [#close], and after that anybody's.
abstract class StripSpace {
    /// From row to row of a strip, in bytes.
    static final long ROW_BYTES = 4L * StripProduct.ROW;
    private static final int ALIGNMENT = 64;

    final AttentionShape shape;
    /// Where it says which keys are there, if some may not be: 1 for one that is, -1 for one that is not, numbers that vectors compare.
    final long presence;
    private PackedMemory owner = new PackedMemory();
    private long bytes;
    /// Of the task that is on.
    MemorySegment memory = MemorySegment.NULL;

    StripSpace(AttentionShape shape) {
        this.shape = shape;
        this.presence = numbers(shape.masked() ? shape.keys() : 0);
    }

    /// Room for some numbers: where it begins.
    final long numbers(long count) {
        long start = bytes;
        bytes += Math.ceilDiv(4 * count, ALIGNMENT) * ALIGNMENT;
        return start;
    }

    /// Room for a strip: where it begins.
    final long strip() {
        return numbers((long) StripProduct.ROWS * StripProduct.ROW);
    }

    /// Room for what a product packs.
    final StripProduct product(Product product) {
        StripProduct made = new StripProduct(product, bytes);
        bytes += made.bytes();
        return made;
    }

    final void open() {
        owner = PackedMemory.FREE.take();
        memory = owner.atLeast(bytes);
    }

    final void close() {
        PackedMemory.FREE.give(owner);
        memory = MemorySegment.NULL;
    }

    /// Reads which keys of an item are there.
    ///
    /// @param operands of attention or its gradient
    final void readPresence(MemorySegment[] operands, int item) {
        for (int i = 0; shape.masked() && i < shape.keys(); i++) {
            boolean there = operands[3].get(ValueLayout.JAVA_BYTE, (long) item * shape.keys() + i) != 0;
            memory.set(ValueLayout.JAVA_FLOAT, presence + 4L * i, there ? 1 : -1);
        }
    }

    /// Copies rows into a strip.
    ///
    /// @param from0 where the first one is, in bytes
    /// @param step from row to row there, in elements
    final void copy(MemorySegment from, long from0, long step, int rows, long strip) {
        for (int i = 0; i < rows; i++) {
            MemorySegment.copy(from, from0 + 4 * step * i, memory, strip + i * ROW_BYTES, 4L * shape.size());
        }
    }
}
