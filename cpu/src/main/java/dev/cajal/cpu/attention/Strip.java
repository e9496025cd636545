package dev.cajal.cpu.attention;

import dev.cajal.cpu.matmul.StripProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for some rows, as [StripProduct] wants them.
final class Strip {
    /// From row to row, in bytes.
    static final long ROW_BYTES = 4L * StripProduct.ROW;

    final MemorySegment memory = Arena.ofAuto().allocate(StripProduct.ROWS * ROW_BYTES, 64);

    /// Copies rows.
    ///
    /// @param from0 where the first one is, in bytes
    /// @param step from row to row there, in elements
    void copy(MemorySegment from, long from0, long step, int rows, int size) {
        for (int i = 0; i < rows; i++) {
            MemorySegment.copy(from, from0 + 4 * step * i, memory, i * ROW_BYTES, 4L * size);
        }
    }
}
