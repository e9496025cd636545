package dev.cajal.memory;

import org.jspecify.annotations.Nullable;

/// Where blocks of some sizes come from. Implementations are safe for use by many threads and never wait for memory.
interface BlockSource {
    /// A free block, or null if there is none.
    @Nullable
    Block take(long size);

    /// The bytes that [#grow] will ask of the system.
    long growth(long size);

    /// Asks the system for memory and takes a block of it.
    ///
    /// @throws OutOfMemoryError if the system has none
    Block grow(long size);

    /// Gives free memory back to the system.
    ///
    /// @param wanted stop once so many bytes have gone back
    /// @return the bytes that have gone back
    long trim(long wanted);
}
