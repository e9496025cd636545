package dev.cajal.memory;

/// The sizes that blocks come in. A request is rounded up to the next one, so that blocks fit requests of about the same size again.
///
/// Up to 256 bytes every 64; then four sizes for each doubling up to [#LARGEST_SMALL] (at most a quarter is wasted), and sixteen for
/// each doubling above (at most a sixteenth).
final class SizeClasses {
    /// Blocks start at multiples of this, the length of a cache line and of the widest vectors.
    static final int ALIGNMENT = 64;

    /// Up to here blocks are cut out of slabs; larger ones are asked of the system one by one.
    static final int LARGEST_SMALL = 1 << 14;

    /// How many sizes there are up to [#LARGEST_SMALL].
    static final int SMALL_COUNT = index(LARGEST_SMALL) + 1;

    private SizeClasses() {}

    /// The size of the block for a request.
    static long round(long bytes) {
        if (bytes <= 4 * ALIGNMENT) {
            return Math.max(1, Math.ceilDiv(bytes, (long) ALIGNMENT)) * ALIGNMENT;
        }
        int doubling = 63 - Long.numberOfLeadingZeros(bytes - 1);
        long step = 1L << (doubling - (bytes <= LARGEST_SMALL ? 2 : 4));
        return Math.ceilDiv(bytes, step) * step;
    }

    /// The number of a small size, from 0: 64, 128, 192, 256, 320, 384, 448, 512, 640, ...
    static int index(long size) {
        if (size <= 4 * ALIGNMENT) {
            return (int) (size / ALIGNMENT) - 1;
        }
        int doubling = 63 - Long.numberOfLeadingZeros(size - 1);
        int step = doubling - 2;
        return 4 * (doubling - 8) + (int) ((size - (1L << doubling)) >> step) + 3;
    }
}
