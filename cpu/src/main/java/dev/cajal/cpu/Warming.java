package dev.cajal.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The background thread that warms kernels up, a few at a time, the most urgent ones first: kernels that all wait for the compiler
/// together are all late.
final class Warming {
    /// How many are warmed up at a time: while one waits for the compiler the next one is run.
    private static final int AT_ONCE = 2;
    /// Between looks at kernels that wait for the compiler, which needs the processor more.
    private static final long PAUSE_NANOS = 3_000_000;
    private static final long FIRST_REST_NANOS = 5_000_000_000L;
    private static final int LONGER = 4;

    private static final List<Twin<?>> WAITING = new ArrayList<>();
    private static final List<Resting> RESTING = new ArrayList<>();
    private static boolean running;

    /// A twin that waits for another attempt.
    private record Resting(Twin<?> twin, long until) {}

    private Warming() {}

    static synchronized void add(Twin<?> twin) {
        WAITING.add(twin);
        if (running) {
            Warming.class.notifyAll();
        } else {
            running = true;
            Thread.ofPlatform().daemon().name("cajal-warming").start(Warming::work);
        }
    }

    private static void work() {
        List<Twin<?>> active = new ArrayList<>();
        while (fill(active)) {
            boolean pause = true;
            for (Twin<?> twin : List.copyOf(active)) {
                switch (twin.turn()) {
                    case OPEN -> pause &= twin.waits();
                    case LATER -> {
                        active.remove(twin);
                        rest(twin);
                    }
                    case VECTOR, SCALAR -> active.remove(twin);
                }
            }
            if (pause && !active.isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /// Takes up what is the most urgent. Waits if there are only twins that rest; false if there are none at all, and then the thread is to end.
    private static synchronized boolean fill(List<Twin<?>> active) {
        while (true) {
            long now = System.nanoTime();
            RESTING.removeIf(resting -> {
                boolean over = resting.until - now <= 0;
                if (over) {
                    WAITING.add(resting.twin);
                }
                return over;
            });
            while (active.size() < AT_ONCE && !WAITING.isEmpty()) {
                Twin<?> next = WAITING.stream().max(Comparator.comparingLong(Twin::urgency)).orElseThrow();
                WAITING.remove(next);
                active.add(next);
            }
            if (!active.isEmpty() || RESTING.isEmpty()) {
                running = !active.isEmpty();
                return running;
            }
            long shortest = RESTING.stream().mapToLong(resting -> resting.until - now).min().orElseThrow();
            try {
                Warming.class.wait(shortest / 1_000_000 + 1);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose; without it scalar kernels work on.
                running = false;
                return false;
            }
        }
    }

    private static synchronized void rest(Twin<?> twin) {
        long nanos = FIRST_REST_NANOS;
        for (int i = 1; i < twin.attempts(); i++) {
            nanos *= LONGER;
        }
        RESTING.add(new Resting(twin, System.nanoTime() + nanos));
    }
}
