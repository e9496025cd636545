package dev.cajal.cli.doctor;

/// How often something can be done in a second once it is warm.
final class Stopwatch {
    private static final long TURN_NANOS = 5_000_000;
    private static final long LEAST_NANOS = 400_000_000;
    private static final long MOST_NANOS = 1_000_000_000;
    /// Whoever has not become so much faster in so long does not become it any more.
    private static final double FASTER = 1.05;
    private static final long PATIENCE_NANOS = 250_000_000;

    private Stopwatch() {}

    /// The rate in the best of many short turns: the first ones are cold, and others disturbed. Takes half a second to a second, or as long as one
    /// time takes.
    static double perSecond(Runnable body) {
        double best = 0;
        double noted = 0;
        long start = System.nanoTime();
        long faster = start;
        long now = start;
        while (now - start < LEAST_NANOS || now - start < MOST_NANOS && now - faster < PATIENCE_NANOS) {
            best = Math.max(best, turn(body));
            now = System.nanoTime();
            if (best > FASTER * noted) {
                noted = best;
                faster = now;
            }
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
