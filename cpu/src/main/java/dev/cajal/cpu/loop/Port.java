package dev.cajal.cpu.loop;

import java.util.List;

/// Where a loop reads or writes.
final class Port {
    private final int slot;
    private final int size;
    private final long offset;
    private final long[] strides;

    /// @param slot of the memory; [#NUMBER] if the port is a number to count from
    /// @param size bytes of an element; 1 of a number
    /// @param offset the element at loop indices 0
    /// @param strides elements per step of each loop
    Port(int slot, int size, long offset, List<Long> strides) {
        this.slot = slot;
        this.size = size;
        this.offset = offset;
        this.strides = strides.stream().mapToLong(Long::longValue).toArray();
    }

    /// In place of a slot where there is no memory.
    static final int NUMBER = Integer.MIN_VALUE;

    /// In place of a slot where the elements are those of a [tile][LaneStage#aimTile].
    static final int TILE = Integer.MIN_VALUE + 1;

    int slot() {
        return slot;
    }

    /// The byte, or the number, at a point of the loops.
    ///
    /// @param indices of the outer loops
    /// @param from index of the innermost loop
    long position(long[] indices, long from) {
        long at = offset;
        int inner = strides.length - 1;
        for (int i = 0; i < inner; i++) {
            at += strides[i] * indices[i];
        }
        return size * (inner >= 0 ? at + strides[inner] * from : at);
    }

    /// From a row to the next of the same group.
    long rowStep() {
        return strides.length < 2 ? 0 : size * strides[strides.length - 2];
    }

    /// Along a row.
    long step(int elements) {
        return strides.length == 0 ? 0 : size * strides[strides.length - 1] * elements;
    }
}
