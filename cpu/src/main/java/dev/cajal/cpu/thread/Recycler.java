package dev.cajal.cpu.thread;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps a few expensive objects for whoever needs one next, on any thread, without locks or allocation.
///
/// A thread gets the one that it had before, if nobody else took it meanwhile: memory that another processor has written comes from that one's cache, line by line.
///
/// Unlike a thread-local it holds no more of them than were ever in use at a time, however many (virtual) threads come and go.
public final class Recycler<T> {
    /// More than threads can compute at a time.
    private static final int SLOTS = Math.max(64, 4 * Runtime.getRuntime().availableProcessors());

    /// So far are slots apart that no two share a cache line: else it goes back and forth between processors that are busy with slots of their own.
    private static final int APART = 16;

    private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>((SLOTS + 1) * APART);
    private final Supplier<T> maker;

    /// @param maker makes one more where none is left
    public Recycler(Supplier<T> maker) {
        this.maker = maker;
    }

    /// One that nobody else uses.
    public T take() {
        int first = ownSlot();
        for (int i = 0; i < SLOTS; i++) {
            int slot = place(first + i);
            // A look before the exchange, so that threads do not fight for empty slots.
            if (slots.get(slot) != null) {
                T found = slots.getAndSet(slot, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return maker.get();
    }

    private static int place(int number) {
        return (1 + number % SLOTS) * APART;
    }

    /// Where the calling thread looks first.
    private static int ownSlot() {
        return (int) (Thread.currentThread().threadId() % SLOTS);
    }

    /// Gives one back; it is dropped where all slots are full.
    public void give(T object) {
        int first = ownSlot();
        for (int i = 0; i < SLOTS; i++) {
            int slot = place(first + i);
            if (slots.get(slot) == null && slots.compareAndSet(slot, null, object)) {
                return;
            }
        }
    }
}
