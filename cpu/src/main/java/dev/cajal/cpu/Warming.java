package dev.cajal.cpu;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The background thread that warms kernels up, turn by turn, so that while one waits for the compiler the next one is run.
final class Warming {
    private static final Queue<Twin<?>> WAITING = new ArrayDeque<>();
    private static boolean running;

    private Warming() {}

    static synchronized void add(Twin<?> twin) {
        WAITING.add(twin);
        if (!running) {
            running = true;
            Thread.ofPlatform().daemon().name("cajal-warming").start(Warming::work);
        }
    }

    private static void work() {
        for (Twin<?> twin = next(); twin != null; twin = next()) {
            if (!twin.turn()) {
                put(twin);
            }
        }
    }

    /// The next one, or null if the thread is to end.
    private static synchronized @Nullable Twin<?> next() {
        Twin<?> twin = WAITING.poll();
        running = twin != null;
        return twin;
    }

    private static synchronized void put(Twin<?> twin) {
        WAITING.add(twin);
    }
}
