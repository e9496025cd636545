package dev.cajal.cli.doctor;

/// How often something can be done in a second once it is warm.
final class Stopwatch {
    private static final long TURN_NANOS = 20_000_000;
    private static final int LEAST_TURNS = 20;
    private static final int MOST_TURNS = 55;
    /// Whoever has not become so much faster in as many turns does not become it any more.
    private static final double FASTER = 1.05;
    private static final int PATIENCE = 10;

    private Stopwatch() {}

    /// The rate in the best of many short turns: the first ones are cold, and others disturbed. Takes half a second to a second.
    static double perSecond(Runnable body) {
        double best = 0;
        double noted = 0;
        int since = 0;
        for (int turn = 0; turn < MOST_TURNS && (turn < LEAST_TURNS || since < PATIENCE); turn++) {
            best = Math.max(best, turn(body));
            since++;
            if (best > FASTER * noted) {
                noted = best;
                since = 0;
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
