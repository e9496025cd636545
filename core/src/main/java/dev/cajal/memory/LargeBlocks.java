package dev.cajal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Blocks that are asked of the system one by one, and kept when they come back.
final class LargeBlocks implements BlockSource {
    /// Free blocks by their size.
    private final TreeMap<Long, ArrayDeque<LargeBlock>> free = new TreeMap<>();

    private final class LargeBlock implements Block {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment segment;

        LargeBlock(long size) {
            segment = arena.allocate(size, SizeClasses.ALIGNMENT);
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public void giveBack() {
            synchronized (LargeBlocks.this) {
                free.computeIfAbsent(segment.byteSize(), _ -> new ArrayDeque<>()).push(this);
            }
        }
    }

    /// A block that is at most an eighth larger counts as fitting.
    @Override
    public synchronized @Nullable Block take(long size) {
        Map.Entry<Long, ArrayDeque<LargeBlock>> fitting = free.ceilingEntry(size);
        return fitting == null || fitting.getKey() > size + size / 8 ? null : pop(fitting);
    }

    private LargeBlock pop(Map.Entry<Long, ArrayDeque<LargeBlock>> entry) {
        LargeBlock block = entry.getValue().pop();
        if (entry.getValue().isEmpty()) {
            free.remove(entry.getKey());
        }
        return block;
    }

    @Override
    public long growth(long size) {
        return size;
    }

    @Override
    public Block grow(long size) {
        return new LargeBlock(size);
    }

    @Override
    public long trim(long wanted) {
        long trimmed = 0;
        while (trimmed < wanted) {
            LargeBlock block;
            synchronized (this) {
                Map.Entry<Long, ArrayDeque<LargeBlock>> largest = free.lastEntry();
                if (largest == null) {
                    return trimmed;
                }
                block = pop(largest);
            }
            trimmed += block.segment.byteSize();
            block.arena.close();
        }
        return trimmed;
    }
}
