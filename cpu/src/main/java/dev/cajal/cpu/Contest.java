package dev.cajal.cpu;

/// Decides from measured times which of the two forms of a kernel is to work.
///
/// Times are taken on a machine that does other things too, so a single one says little. A round compares the fastest of several runs of
/// each form, taken in turns; the vector form has to win some rounds. It may be a little slower in them: once it is warm it
/// nearly always is the faster one, and trials are short. If it does not win, there is another attempt later, some times: the compiler may
/// have been busy.
final class Contest {
    /// What is to be done.
    enum Verdict {
        /// Go on.
        OPEN,
        /// The vector form works from now on.
        VECTOR,
        /// The scalar form works on; there is to be another attempt later.
        LATER,
        /// The scalar form works for good.
        SCALAR
    }

    /// Attempts before the scalar form works for good.
    static final int ATTEMPTS = 4;
    /// What an attempt takes at least before it is given up: runs, since on a busy machine time passes without any; and time, since the compiler
    /// works beside them.
    static final int RUNS = 2_000;
    static final long NANOS = 2_000_000_000L;

    private static final int WINS = 3;
    /// A vector form that is so many times faster needs no second look.
    private static final int CLEARLY = 2;

    private long fastestScalar = Long.MAX_VALUE;
    private long fastestVector = Long.MAX_VALUE;
    private int wins;
    private int attempts;
    private int runs;
    private long nanos;

    /// Counts a round.
    ///
    /// @param scalar nanoseconds of the fastest run of the scalar form
    /// @param vector of the vector form
    /// @param runs of the vector form
    /// @param nanos that the round took
    Verdict round(long scalar, long vector, int runs, long nanos) {
        fastestScalar = Math.min(fastestScalar, scalar);
        fastestVector = Math.min(fastestVector, vector);
        this.runs += runs;
        this.nanos += nanos;
        boolean clearly = vector * CLEARLY <= fastestScalar;
        wins = vector - vector / 8 <= scalar ? wins + 1 : 0;
        if (clearly || wins == WINS) {
            return Verdict.VECTOR;
        }
        if (this.runs < RUNS || this.nanos < NANOS) {
            return Verdict.OPEN;
        }
        this.runs = 0;
        this.nanos = 0;
        attempts++;
        return attempts < ATTEMPTS ? Verdict.LATER : Verdict.SCALAR;
    }

    /// Attempts that the vector form has lost.
    int attempts() {
        return attempts;
    }

    /// Nanoseconds of the fastest run of the scalar form.
    long fastestScalar() {
        return fastestScalar;
    }

    /// Nanoseconds of the fastest run of the vector form.
    long fastestVector() {
        return fastestVector;
    }
}
