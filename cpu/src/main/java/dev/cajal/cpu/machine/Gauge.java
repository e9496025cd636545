package dev.cajal.cpu.machine;

import java.util.List;

/// Measures how much work is done in a second.
///
/// All threads work for the same span of time, which begins when the last of them runs, and what they did in it is added up. A fixed amount of work
/// that threads share would tell less: one thread may do all of it before the other has begun.
final class Gauge {
    /// The time of a piece of work: long beside a look at the clock, short beside the turns in which a system gives processors away.
    private static final long PIECE_NANOS = 20_000;
    private static final int LARGEST_PIECE = 1 << 20;
    private static final long TURN_NANOS = 50_000_000;
    /// Turns of warming up: the second compiler has seen the work by then, unless it is very busy.
    private static final int LEAST_TURNS = 4;
    private static final int MOST_TURNS = 20;
    private static final double STILL_FASTER = 1.1;

    private Gauge() {}

    /// Runs work until it does not become faster any more; gives the size of a piece that takes some ten microseconds.
    static int warm(Work work) {
        int size = 1;
        double best = 0;
        for (int turn = 1; turn <= MOST_TURNS; turn++) {
            long start = System.nanoTime();
            double done = 0;
            long now = start;
            do {
                long before = now;
                done += work.run(size);
                now = System.nanoTime();
                if (now - before < PIECE_NANOS / 2 && size < LARGEST_PIECE) {
                    size *= 2;
                }
            } while (now - start < TURN_NANOS);
            double rate = done / (now - start);
            if (turn >= LEAST_TURNS && rate < STILL_FASTER * best) {
                break;
            }
            best = Math.max(best, rate);
        }
        return size;
    }

    /// The most that is done in a second, of several short rounds: other programs take the processors away for some milliseconds at a time, and a few
    /// rounds go by undisturbed.
    ///
    /// @param works one for each thread
    /// @param size of a piece
    static double perSecond(List<? extends Work> works, int size, int rounds) {
        double best = 0;
        for (int i = 0; i < rounds; i++) {
            best = Math.max(best, Round.of(works, size));
        }
        return best;
    }
}
