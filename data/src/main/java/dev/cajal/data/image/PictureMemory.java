package dev.cajal.data.image;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/// The memory that pictures may take while they are decoded. All threads share it: a picture that needs more than is left waits until others are done, so that
/// what can be read does not depend on how many threads read.
final class PictureMemory {
    /// Half of what Java may have.
    static final PictureMemory OF_HEAP = new PictureMemory(Runtime.getRuntime().maxMemory() / 2);

    private static final long UNIT = 1 << 20;

    private final int size;
    private final Semaphore free;

    PictureMemory(long bytes) {
        this.size = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(size, true);
    }

    /// What takes memory.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /// All of it, in MB.
    int megabytes() {
        return size;
    }

    /// Whether there is ever so much of it.
    boolean suffices(long bytes) {
        return bytes <= size * UNIT;
    }

    /// Does something that takes so many bytes, which suffice.
    <T> T take(long bytes, Work<T> work) throws IOException {
        int units = Math.clamp(Math.ceilDiv(bytes, UNIT), 1, size);
        free.acquireUninterruptibly(units);
        try {
            return work.run();
        } finally {
            free.release(units);
        }
    }
}
