package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// Memory with a packed operand in it, and which one that is.
final class PackedCopy {
    /// Those that are not in use, for operands that are packed but for one run.
    static final Recycler<PackedCopy> FREE = new Recycler<>(PackedCopy::new);
    private static final AtomicLong STAMPS = new AtomicLong();

    private final PackedMemory memory = new PackedMemory();
    private MemorySegment segment = MemorySegment.NULL;
    private long stamp;

    /// A number for the contents of an operand that no other contents have; above 0.
    static long newStamp() {
        return STAMPS.incrementAndGet();
    }

    /// Makes room for some contents, which are then to be packed; false if they are there already.
    ///
    /// @param wanted their stamp
    boolean prepare(long wanted, long bytes) {
        if (stamp == wanted) {
            return false;
        }
        segment = memory.atLeast(bytes);
        stamp = wanted;
        return true;
    }

    /// Where the operand is.
    MemorySegment segment() {
        return segment;
    }
}
