package dev.cajal.memory;

import dev.cajal.type.Bytes;
import dev.cajal.type.CajalException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Blocks of off-heap memory, 64-byte aligned, within a budget.
///
/// The budget of the [shared pool][#shared] is half of the machine's memory, or what the system property `cajal.memory` says
/// (`-Dcajal.memory=4g`). Blocks come in [size classes][SizeClasses] and are used again when they are given back; small ones are cut
/// out of slabs.
///
/// To the garbage collector a buffer of a gigabyte is a few dozen bytes, and no reason to run. So it is asked to, whenever
/// a few hundred megabytes more than after the last time are in use, and more rarely where that takes more than a tenth of the time. Where the budget
/// would not suffice, memory that is kept for later goes back to the system, then the garbage collector is asked, and only if that
/// does not help a request fails.
///
/// **Memory is not zeroed.** It may hold what an earlier owner left there.
public final class MemoryPool {
    /// So much more memory may be in use than after the last collection before the next is asked for, and so much may be kept for
    /// later.
    private static final long UNTROUBLED = 256L << 20;

    private static final int LAST_ROUND = 4;

    private final BlockSource[] small = new BlockSource[SizeClasses.SMALL_COUNT];
    private final BlockSource large = new LargeBlocks();
    private final Collector collector = new Collector();
    /// 0 until somebody has to know it: asking for the machine's memory takes as long as starting a small program.
    private volatile long budget;
    /// Bytes that blocks with an owner take.
    private final AtomicLong used = new AtomicLong();
    /// Bytes obtained from the system.
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong released = new AtomicLong();
    private final AtomicLong leases = new AtomicLong();
    /// How many bytes may be in use before a collection is asked for.
    private final AtomicLong collectAt = new AtomicLong(UNTROUBLED);

    /// Holder, so that the pool is made when first needed.
    private static final class Shared {
        static final MemoryPool POOL = new MemoryPool(MemoryBudget.stated());
    }

    private MemoryPool(long budget) {
        this.budget = budget;
        for (long size = SizeClasses.round(0); size <= SizeClasses.LARGEST_SMALL; size = SizeClasses.round(size + 1)) {
            small[SizeClasses.index(size)] = new Slabs((int) size);
        }
    }

    /// The pool that tensors use.
    public static MemoryPool shared() {
        return Shared.POOL;
    }

    /// A pool of its own with a budget in bytes.
    public static MemoryPool of(long budget) {
        if (budget <= 0) {
            throw new IllegalArgumentException("a budget of " + budget + " bytes");
        }
        return new MemoryPool(budget);
    }

    /// What is known of a pool at a moment.
    ///
    /// @param budget bytes that the pool may obtain from the system
    /// @param used bytes of blocks that somebody has
    /// @param reserved bytes obtained from the system: those used, and those kept for later
    /// @param leases blocks that somebody has
    /// @param collections how often the garbage collector was asked to run
    public record Statistics(long budget, long used, long reserved, long leases, long collections) {}

    /// What is known of this pool now.
    public Statistics statistics() {
        return new Statistics(budget(), used.get(), reserved.get(), leases.get(), collector.collections());
    }

    /// A block of memory that somebody has until it is closed, or until an [owner][#closeWith] is unreachable.
    public final class Lease implements AutoCloseable {
        private final MemorySegment segment;
        private final long size;
        private @Nullable Block block;

        private Lease(Block block, long bytes) {
            MemorySegment whole = block.segment();
            this.block = block;
            this.size = whole.byteSize();
            this.segment = whole.asSlice(0, bytes);
        }

        /// The memory, as many bytes as were asked for. Not to be touched after the lease has been closed: it may belong to somebody
        /// else then, and nothing checks that.
        public MemorySegment segment() {
            return segment;
        }

        /// Gives the memory back. Closing twice is harmless.
        @Override
        public void close() {
            Block mine;
            synchronized (this) {
                mine = block;
                block = null;
            }
            if (mine != null) {
                mine.giveBack();
                used.addAndGet(-size);
                leases.decrementAndGet();
                released.incrementAndGet();
            }
        }

        /// Closes this lease when an object has become unreachable. Nothing that the lease refers to may refer to the object.
        ///
        /// Whoever works on the memory has to keep the owner reachable meanwhile, with
        /// [reachabilityFence][java.lang.ref.Reference#reachabilityFence] after the last access: holding the segment does not.
        public void closeWith(Object owner) {
            collector.afterwards(owner, this::close);
        }
    }

    /// A block of memory, not zeroed.
    ///
    /// @param bytes its size; 0 is fine
    /// @throws CajalException if it would exceed the budget, or the system has no more (code `memory.exhausted`)
    public Lease lease(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a block of " + bytes + " bytes");
        }
        if (bytes > UNTROUBLED && bytes > budget()) {
            throw exhausted(bytes, null);
        }
        long size = SizeClasses.round(bytes);
        BlockSource source = size <= SizeClasses.LARGEST_SMALL ? small[SizeClasses.index(size)] : large;
        Block block = source.take(size);
        if (block == null) {
            block = obtain(source, size, bytes);
        }
        Lease lease = new Lease(block, bytes);
        used.addAndGet(lease.size);
        leases.incrementAndGet();
        return lease;
    }

    private Block obtain(BlockSource source, long size, long asked) {
        long growth = source.growth(size);
        if (used.get() + growth > collectAt.get()) {
            collect();
            Block block = source.take(size);
            if (block != null) {
                return block;
            }
        }
        long kept = reserved.get() - used.get();
        if (kept > Math.max(UNTROUBLED, used.get())) {
            trim(growth);
        }
        OutOfMemoryError cause = null;
        for (int round = 0; round <= LAST_ROUND; round++) {
            if (tryReserve(growth)) {
                try {
                    return source.grow(size);
                } catch (OutOfMemoryError e) {
                    reserved.addAndGet(-growth);
                    cause = e;
                }
            }
            long missing = cause == null ? reserved.get() + growth - budget() : growth;
            if (!trim(missing)) {
                collect();
            }
            Block block = source.take(size);
            if (block != null) {
                return block;
            }
        }
        throw exhausted(asked, cause);
    }

    private CajalException exhausted(long bytes, @Nullable OutOfMemoryError cause) {
        return new CajalException(
                "memory.exhausted",
                cause,
                "A tensor needs %s of memory, but %s of the budget of %s are in use. Use a smaller batch or model, keep fewer tensors, or, "
                        + "if the machine has more, allow it with -D%s=%sm.",
                Bytes.format(bytes),
                Bytes.format(used.get()),
                Bytes.format(budget()),
                MemoryBudget.PROPERTY,
                Math.max(2 * budget(), used.get() + bytes) >> 20);
    }

    private boolean tryReserve(long bytes) {
        while (true) {
            long now = reserved.get();
            boolean isLittle = budget == 0 && now + bytes <= UNTROUBLED;
            if (!isLittle && now + bytes > budget()) {
                return false;
            }
            if (reserved.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    /// Gives memory that is kept for later back to the system, and says whether there was as much as is missing.
    private boolean trim(long missing) {
        long trimmed = large.trim(missing);
        for (int i = 0; i < small.length && trimmed < missing; i++) {
            trimmed += small[i].trim(missing - trimmed);
        }
        reserved.addAndGet(-trimmed);
        return trimmed >= missing;
    }

    private void collect() {
        long most = Math.min(Math.max(UNTROUBLED, budget() / 8), budget() / 4);
        long more = Math.min(UNTROUBLED << collector.collect(released), most);
        collectAt.set(used.get() + Math.max(more, used.get() / 2));
    }

    private long budget() {
        long known = budget;
        if (known == 0) {
            known = MemoryBudget.ofSystem();
            budget = known;
        }
        return known;
    }
}
