package dev.cajal.cpu.thread;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps a few expensive objects for whoever needs one next, on any thread, without locks or allocation.
///
/// Unlike a thread-local it holds no more of them than were ever in use at a time, however many (virtual) threads come and go.
public final class Recycler<T> {
    /// More than threads can compute at a time.
    private static final int SLOTS = Math.max(64, 4 * Runtime.getRuntime().availableProcessors());

    private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS);
    private final Supplier<T> maker;

    /// @param maker makes one more where none is left
    public Recycler(Supplier<T> maker) {
        this.maker = maker;
    }

    /// One that nobody else uses.
    public T take() {
        for (int i = 0; i < SLOTS; i++) {
            // A look before the exchange, so that threads do not fight for empty slots.
            if (slots.get(i) != null) {
                T found = slots.getAndSet(i, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return maker.get();
    }

    /// Gives one back; it is dropped where all slots are full.
    public void give(T object) {
        for (int i = 0; i < SLOTS; i++) {
            if (slots.get(i) == null && slots.compareAndSet(i, null, object)) {
                return;
            }
        }
    }
}
