package dev.cajal.cli.doctor;

/// How often something can be done in a second.
final class Stopwatch {
    private static final long TURN_NANOS = 5_000_000;
    private static final long MEASURING_NANOS = 350_000_000;
    private static final long LEAST_NANOS = 500_000_000;
    private static final long MOST_NANOS = 2_500_000_000L;
    /// Whoever has not become so much faster in so long does not become it any more.
    private static final double FASTER = 1.05;
    private static final long PATIENCE_NANOS = 250_000_000;
    /// A vector form that has just begun to work is slower than the scalar form before it, till it is compiled.
    private static final double AS_FAST = 0.6;

    private Stopwatch() {}

    /// Does something again and again until it is warm. It should be short: what takes long while it is cold is seldom done, and the compiler
    /// looks at what is done often.
    static void warm(Runnable body) {
        double best = 0;
        double noted = 0;
        double last = 0;
        long start = System.nanoTime();
        long faster = start;
        long now = start;
        while (now - start < LEAST_NANOS
                || now - start < MOST_NANOS && (now - faster < PATIENCE_NANOS || last < AS_FAST * best)) {
            last = turn(body);
            best = Math.max(best, last);
            now = System.nanoTime();
            if (best > FASTER * noted) {
                noted = best;
                faster = now;
            }
        }
    }

    /// The rate in the best of many short turns, since others may be disturbed.
    static double perSecond(Runnable body) {
        double best = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < MEASURING_NANOS) {
            best = Math.max(best, turn(body));
        }
        return best;
    }

    private static double turn(Runnable body) {
        long start = System.nanoTime();
        long now;
        int runs = 0;
        do {
            body.run();
            runs++;
            now = System.nanoTime();
        } while (now - start < TURN_NANOS);
        return runs * 1e9 / (now - start);
    }
}
