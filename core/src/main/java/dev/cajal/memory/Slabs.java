package dev.cajal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Blocks of one small size, cut out of slabs.
final class Slabs implements BlockSource {
    private static final int SLAB_BYTES = 1 << 18;

    private final int blockBytes;
    /// The slabs with free blocks are a stack, linked through [Slab#below], so that a few slabs stay full and others become empty.
    private @Nullable Slab top;
    private final Set<Slab> empty = new HashSet<>();

    Slabs(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    private final class Slab {
        final Arena arena = Arena.ofShared();
        final MemorySegment segment = arena.allocate(SLAB_BYTES, SizeClasses.ALIGNMENT);
        /// Positions of the free blocks, a stack.
        final short[] free = new short[SLAB_BYTES / blockBytes];
        int freeCount = free.length;
        @Nullable
        Slab below;
        @Nullable
        Slab above;

        Slab() {
            for (int i = 0; i < free.length; i++) {
                free[i] = (short) (free.length - 1 - i);
            }
        }
    }

    private final class SlabBlock implements Block {
        private final Slab slab;
        private final short position;

        SlabBlock(Slab slab, short position) {
            this.slab = slab;
            this.position = position;
        }

        @Override
        public MemorySegment segment() {
            return slab.segment.asSlice((long) position * blockBytes, blockBytes);
        }

        @Override
        public void giveBack() {
            synchronized (Slabs.this) {
                if (slab.freeCount == 0) {
                    push(slab);
                }
                slab.free[slab.freeCount++] = position;
                if (slab.freeCount == slab.free.length) {
                    empty.add(slab);
                }
            }
        }
    }

    @Override
    public synchronized @Nullable Block take(long size) {
        Slab slab = top;
        return slab == null ? null : take(slab);
    }

    private Block take(Slab slab) {
        if (slab.freeCount == slab.free.length) {
            empty.remove(slab);
        }
        short position = slab.free[--slab.freeCount];
        if (slab.freeCount == 0) {
            unlink(slab);
        }
        return new SlabBlock(slab, position);
    }

    @Override
    public long growth(long size) {
        return SLAB_BYTES;
    }

    @Override
    public Block grow(long size) {
        Slab slab = new Slab();
        synchronized (this) {
            push(slab);
            empty.add(slab);
            return take(slab);
        }
    }

    @Override
    public long trim(long wanted) {
        long trimmed = 0;
        while (trimmed < wanted) {
            Slab slab;
            synchronized (this) {
                if (empty.isEmpty()) {
                    return trimmed;
                }
                slab = empty.iterator().next();
                empty.remove(slab);
                unlink(slab);
            }
            slab.arena.close();
            trimmed += SLAB_BYTES;
        }
        return trimmed;
    }

    private void push(Slab slab) {
        slab.below = top;
        if (top != null) {
            top.above = slab;
        }
        top = slab;
    }

    private void unlink(Slab slab) {
        if (slab.above == null) {
            top = slab.below;
        } else {
            slab.above.below = slab.below;
        }
        if (slab.below != null) {
            slab.below.above = slab.above;
        }
        slab.above = null;
        slab.below = null;
    }
}
