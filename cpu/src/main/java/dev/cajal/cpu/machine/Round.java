package dev.cajal.cpu.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Several threads that work for one span of time.
///
/// They are threads of its own instead of those of the pool, which may be busy with somebody's run.
final class Round {
    private static final long NANOS = 5_000_000;

    private final AtomicInteger missing;
    private volatile long start;
    private volatile boolean begun;

    private Round(int threads) {
        this.missing = new AtomicInteger(threads);
    }

    /// What all works together did in it, per second.
    ///
    /// @param works one for each thread, the first for the calling one
    static double of(List<? extends Work> works) {
        Round round = new Round(works.size());
        List<Worker> others = new ArrayList<>();
        for (Work work : works.subList(1, works.size())) {
            Worker worker = round.new Worker(work);
            worker.start();
            others.add(worker);
        }
        double sum = round.part(works.getFirst());
        for (Worker worker : others) {
            sum += worker.result();
        }
        return sum;
    }

    /// One thread's part.
    private double part(Work work) {
        if (missing.decrementAndGet() == 0) {
            start = System.nanoTime();
            begun = true;
        }
        while (!begun) {
            Thread.yield(); // there may be more threads than processors
        }
        return new Pieces(work).until(start + NANOS) * 1e9 / NANOS;
    }

    private final class Worker extends Thread {
        private final Work work;
        private double rate;
        private @Nullable Throwable failure;

        Worker(Work work) {
            super(null, null, "cajal-gauge", 0, false);
            this.work = work;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                rate = part(work);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        double result() {
            boolean interrupted = false;
            while (true) {
                try {
                    join();
                    break;
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure != null) {
                throw new IllegalStateException("A thread that was measured failed.", failure);
            }
            return rate;
        }
    }
}
