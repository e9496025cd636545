package dev.cajal.memory;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Asks the garbage collector for what nobody refers to any more, and waits until its memory has come back.
///
/// Needed because a tensor of a gigabyte is a few dozen bytes to the garbage collector, which sees no reason to run.
final class Collector {
    private static final long LONGEST_WAIT_MILLIS = 500;
    private static final long PAUSE_NANOS = 500_000;
    private static final int MOST_DOUBLINGS = 5;

    private final Farewells farewells = new Farewells();
    private final AtomicLong collections = new AtomicLong();
    private long finished = System.nanoTime();
    private int doublings;

    /// Runs an action some time after the owner has become unreachable.
    void afterwards(Object owner, Runnable action) {
        farewells.register(owner, action);
    }

    /// How often a collection was asked for.
    long collections() {
        return collections.get();
    }

    /// Asks for a collection and waits until actions run no more. A thread that had to wait for another's collection is content
    /// with that one.
    ///
    /// @param released grows with every action
    /// @return how often the distance to the next collection should be doubled for collections to take less than a tenth of the time
    int collect(AtomicLong released) {
        long before = collections.get();
        synchronized (this) {
            if (collections.get() != before) {
                return doublings;
            }
            long started = System.nanoTime();
            collections.incrementAndGet();
            CountDownLatch noticed = new CountDownLatch(1);
            farewells.register(new Object(), noticed::countDown);
            System.gc();
            if (awaitUninterruptibly(noticed)) {
                long seen;
                do {
                    seen = released.get();
                    LockSupport.parkNanos(PAUSE_NANOS);
                } while (seen != released.get());
            }
            long ended = System.nanoTime();
            boolean tooOften = ended - started > (ended - finished) / 10;
            doublings = Math.clamp(doublings + (tooOften ? 1 : -1), 0, MOST_DOUBLINGS);
            finished = ended;
            return doublings;
        }
    }

    /// An interrupted thread needs its memory like any other; it keeps its interrupt.
    private static boolean awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
            while (true) {
                try {
                    return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
