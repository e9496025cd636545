package dev.cajal.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/// How much of the processors' time goes to other programs.
///
/// A few threads look at the clock all the time. Where one of them misses some of it, somebody else had its processor: another program, or, on
/// a virtual machine, a neighbour of whom the system knows nothing.
final class Disturbance {
    private static final long NANOS = 150_000_000;
    /// What a look at the clock never takes by itself.
    private static final long GAP_NANOS = 50_000;

    private Disturbance() {}

    /// The share of the time that these threads did not get, from 0 to 1.
    static double share(int threads) {
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            watchers.add(new Watcher());
        }
        watchers.forEach(Thread::start);
        double lost = 0;
        for (Watcher watcher : watchers) {
            try {
                watcher.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            lost += watcher.lost;
        }
        return Math.clamp(lost / (NANOS * (double) threads), 0, 1);
    }

    private static final class Watcher extends Thread {
        private volatile long lost;

        Watcher() {
            super("cajal-watcher");
            setDaemon(true);
        }

        @Override
        public void run() {
            long missed = 0;
            long start = System.nanoTime();
            long before = start;
            while (before - start < NANOS) {
                long now = System.nanoTime();
                if (now - before > GAP_NANOS) {
                    missed += Math.min(now, start + NANOS) - before;
                }
                before = now;
            }
            lost = missed;
        }
    }
}
