package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// A packed operand that one thread has made for itself.
///
/// What another processor has packed comes from its cache line by line, ten times as slowly as it could have been packed here. So each thread packs all of an operand that tasks
/// share, unless so many copies would take too much memory.
final class PackedCopy {
    private static final long MOST_BYTES = 64L << 20;
    /// Those that are not in use, for operands that are packed but for one run.
    static final Recycler<PackedCopy> FREE = new Recycler<>(PackedCopy::new);
    private static final AtomicLong STAMPS = new AtomicLong();

    private final PackedMemory memory = new PackedMemory();
    private long stamp;

    /// Whether each of some threads should have one.
    static boolean isFor(PackedOperand operand, int threads) {
        return threads * operand.bytes() <= MOST_BYTES;
    }

    /// A number for the contents of an operand that no other contents have.
    static long newStamp() {
        return STAMPS.incrementAndGet();
    }

    /// The packed operand; packs it if these are not its contents yet.
    ///
    /// @param wanted the stamp of the contents
    /// @param x where they are
    /// @param x0 where it begins, in bytes
    MemorySegment of(PackedOperand operand, long wanted, MemorySegment x, long x0) {
        MemorySegment packed = memory.atLeast(operand.bytes());
        if (stamp != wanted) {
            for (int piece = 0; piece < operand.pieces(); piece++) {
                operand.pack(piece, x, x0, packed);
            }
            stamp = wanted;
        }
        return packed;
    }
}
