package dev.cajal.cpu.machine;

/// Work that is done piece by piece. Pieces grow until one takes some ten microseconds: long beside a look at the clock, short beside the turns in
/// which a system gives processors away.
final class Pieces {
    private static final long ENOUGH_NANOS = 10_000;
    private static final int LARGEST = 1 << 20;

    private final Work work;
    private int size = 1;

    Pieces(Work work) {
        this.work = work;
    }

    /// Works until a moment, and says how much was done till then. Of a piece that ends later only a part counts: a thread that had to wait for a
    /// processor would seem to have done more than it could.
    double until(long end) {
        double done = 0;
        long before = System.nanoTime();
        while (before - end < 0) {
            double piece = work.run(size);
            long after = System.nanoTime();
            if (after - end > 0) {
                return done + piece * (end - before) / (after - before);
            }
            done += piece;
            if (after - before < ENOUGH_NANOS && size < LARGEST) {
                size *= 2;
            }
            before = after;
        }
        return done;
    }
}
