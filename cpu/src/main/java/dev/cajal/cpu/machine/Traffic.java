package dev.cajal.cpu.machine;

import dev.cajal.cpu.Lanes;
import java.lang.foreign.MemorySegment;

/// `a = a / 2 + b` over parts of two large arrays. What is written has been read before, so that no traffic goes uncounted (a store to a line
/// that is not in the cache reads it first).
///
/// One thread's part of the arrays, gone through in blocks, again and again.
final class Traffic implements Work {
    /// Bytes of each array in a block.
    private static final long BLOCK = 16 << 10;
    private static final int TIMES = 3;

    private final MemorySegment a;
    private final MemorySegment b;
    private final long blocks;
    private long next;

    /// @param a this thread's part of the one array; both are at least a block long
    Traffic(MemorySegment a, MemorySegment b) {
        this.a = a;
        this.b = b;
        this.blocks = a.byteSize() / BLOCK;
        // The first touch: a page belongs to the memory next to whoever touches it, and one that was never written is a page of zeros in the cache.
        a.fill((byte) 0);
        b.fill((byte) 0);
    }

    @Override
    public double run(int size) {
        for (int i = 0; i < size; i++) {
            long offset = next * BLOCK;
            if (Lanes.available()) {
                VectorTraffic.block(a, b, offset, offset + BLOCK);
            } else {
                ScalarTraffic.block(a, b, offset, offset + BLOCK);
            }
            next = next + 1 == blocks ? 0 : next + 1;
        }
        return (double) TIMES * BLOCK * size;
    }
}
