package dev.cajal.cpu.machine;

import java.util.List;

/// Measures how much work is done in a second.
///
/// All threads work for the same span of time, which begins when the last of them runs, and what they did in it is added up. A fixed amount of work
/// that threads share would tell less: one thread may do all of it before the other has begun.
final class Gauge {
    private static final long TURN_NANOS = 25_000_000;
    private static final int MOST_TURNS = 60;
    /// Code that the second compiler has seen is so many times faster than the interpreted first piece.
    private static final double COMPILED = 8;
    private static final double STILL_FASTER = 1.1;
    private static final int PATIENCE = 4;

    private Gauge() {}

    /// Runs work until it has been compiled and does not become faster any more, or for a second and a half.
    static void warm(Work work) {
        long start = System.nanoTime();
        double first = work.run(1) / Math.max(1, System.nanoTime() - start);
        double best = 0;
        int idle = 0;
        for (int turn = 0; turn < MOST_TURNS && (best < COMPILED * first || idle < PATIENCE); turn++) {
            double rate = new Pieces(work).until(System.nanoTime() + TURN_NANOS) / TURN_NANOS;
            idle = rate < STILL_FASTER * best ? idle + 1 : 0;
            best = Math.max(best, rate);
        }
    }

    /// The most that is done in a second, of several short rounds: other programs take the processors away for some milliseconds at a time, and a few
    /// rounds go by undisturbed.
    ///
    /// @param works one for each thread
    static double perSecond(List<? extends Work> works, int rounds) {
        double best = 0;
        for (int i = 0; i < rounds; i++) {
            best = Math.max(best, Round.of(works));
        }
        return best;
    }
}
