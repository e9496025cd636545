package dev.cajal.cpu;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// A kernel in two forms that give the same bits: a scalar one, and a vector one that is faster once it is compiled.
///
/// The scalar form works while a background thread makes the vector form and runs it a little on scratch data: whether it runs at all, and so that it
/// is not quite cold. Then the vector form works, although it stays slower than the scalar one until the JVM's second compiler has
/// seen it (every vector is an object till then). That is soon, because it does the work itself: the more there is to do the
/// earlier it is compiled, and no compiler spends its time on a scalar form that is to go.
///
/// Whether it became fast is seen later, when the compiler is done, by its speed alone: an instruction takes a fraction of a nanosecond, or twenty where vectors are
/// objects. Where it did not, both forms are [compared][Contest], and the faster one works; the scalar one for good after
/// some attempts. As the bits are the same, nobody can tell but by the time.
///
/// The system property `cajal.warmup=off` makes the vector form work from the first call on.
///
/// @param <K> the kernel's interface
public final class Twin<K> {
    /// Which form works.
    public enum State {
        /// There is no vector form, or it was not asked for.
        SCALAR,
        /// The scalar form works, the vector form is being made.
        WARMING,
        /// The vector form works.
        VECTOR,
        /// The vector form failed, or did not become faster than the scalar one; the scalar form works.
        SLOW
    }

    private static final boolean WARM_UP = !"off".equals(System.getProperty("cajal.warmup"));
    /// How long the vector form is run before it works.
    private static final long FIRST_NANOS = 10_000_000;
    /// How long it works before its speed is looked at: the compilers are done by then.
    private static final long PROBATION_NANOS = 20_000_000_000L;
    /// More than an instruction takes that is compiled, less than one that is not.
    private static final long NANOS_PER_INSTRUCTION = 3;
    /// A form that worked less often than this is not looked at: what draws parameters works once, is cold, and nobody waits for it.
    private static final int LEAST_USES = 64;
    private static final long TURN_NANOS = 4_000_000;
    /// Turns of the scalar form before it is compared: it may not have been compiled either.
    private static final int SCALAR_TURNS = 5;
    /// Between attempts, each so many times longer than the one before.
    private static final int LONGER = 4;
    private static final System.Logger LOG = System.getLogger("dev.cajal.cpu");

    private final String name;
    private final K scalar;
    private final long probation;
    private final Contest contest = new Contest();
    private volatile K current;
    private volatile State state;
    /// About how often the kernel was asked for. Any thread counts, none waits for another.
    private int uses;
    /// Of the background thread: how often kernels have been run.
    private int runs;

    private Twin(String name, K scalar, long probation, State state) {
        this.name = name;
        this.scalar = scalar;
        this.probation = probation;
        this.current = scalar;
        this.state = state;
    }

    /// A kernel without a vector form.
    public static <K> Twin<K> scalar(String name, K scalar) {
        return new Twin<>(name, scalar, 0, State.SCALAR);
    }

    /// A kernel whose vector form is made in the background; a scalar one where there are no vectors.
    ///
    /// @param name says in the log which kernel it is
    /// @param vector makes the vector form, on the background thread
    /// @param trial runs a kernel on scratch data
    public static <K> Twin<K> of(String name, K scalar, Supplier<K> vector, Trial<K> trial) {
        return of(name, scalar, vector, trial, PROBATION_NANOS);
    }

    /// As [#of(String, Object, Supplier, Trial)].
    ///
    /// @param probation nanoseconds after which the speed of the vector form is looked at
    static <K> Twin<K> of(String name, K scalar, Supplier<K> vector, Trial<K> trial, long probation) {
        if (!Lanes.available()) {
            return scalar(name, scalar);
        }
        var twin = new Twin<>(name, scalar, probation, State.WARMING);
        if (WARM_UP) {
            Warming.after(0, () -> twin.make(vector, trial));
        } else {
            twin.use(vector.get());
        }
        return twin;
    }

    /// Whether vector forms are made in the background.
    public static boolean warmsUp() {
        return WARM_UP;
    }

    /// The form to use for the next call.
    public K kernel() {
        uses++;
        return current;
    }

    /// Which form works.
    public State state() {
        return state;
    }

    private void use(K vector) {
        current = vector;
        state = State.VECTOR;
    }

    private void useScalar() {
        current = scalar;
        state = State.SLOW;
    }

    private void make(Supplier<K> maker, Trial<K> trial) {
        guarded(() -> {
            K vector = maker.get();
            fastest(vector, trial::run, FIRST_NANOS);
            use(vector);
            lookLater(vector, trial, probation, 1);
        });
    }

    /// Looks at the speed of the vector form, some time after it began to work.
    private void lookLater(K vector, Trial<K> trial, long rest, int look) {
        int before = uses;
        Warming.after(rest, () -> guarded(() -> {
            if (uses - before >= LEAST_USES) {
                if (fastest(vector, trial::probe, TURN_NANOS) > trial.instructions() * NANOS_PER_INSTRUCTION) {
                    compare(vector, trial);
                }
            } else if (look < Contest.ATTEMPTS) {
                lookLater(vector, trial, rest * LONGER, look + 1);
            }
        }));
    }

    private void compare(K vector, Trial<K> trial) {
        guarded(() -> {
            for (int i = 0; i < SCALAR_TURNS; i++) {
                fastest(scalar, trial::run, TURN_NANOS);
            }
            Contest.Verdict verdict;
            do {
                long start = System.nanoTime();
                long fastestScalar = fastest(scalar, trial::run, TURN_NANOS);
                int before = runs;
                long fastestVector = fastest(vector, trial::run, TURN_NANOS);
                verdict = contest.round(fastestScalar, fastestVector, runs - before, System.nanoTime() - start);
            } while (verdict == Contest.Verdict.OPEN);
            switch (verdict) {
                case OPEN, VECTOR -> use(vector);
                case LATER -> {
                    useScalar();
                    long rest = probation;
                    for (int i = 1; i < contest.attempts(); i++) {
                        rest *= LONGER;
                    }
                    Warming.after(rest, () -> compare(vector, trial));
                }
                case SCALAR -> {
                    useScalar();
                    LOG.log(System.Logger.Level.INFO,
                            "The vector form of {0} takes {1} us, the scalar form {2} us, which stays.",
                            name, contest.fastestVector() / 1000, contest.fastestScalar() / 1000);
                }
            }
        });
    }

    /// Does it; if it cannot be done, the scalar form works for good.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError e) {
            useScalar();
            LOG.log(System.Logger.Level.WARNING, "The vector form of " + name + " failed; the scalar form stays.", e);
        }
    }

    /// Runs a kernel for so long, at least once. The nanoseconds of its fastest run.
    private long fastest(K kernel, Consumer<K> trial, long nanos) {
        long start = System.nanoTime();
        long now = start;
        long fastest = Long.MAX_VALUE;
        do {
            trial.accept(kernel);
            long after = System.nanoTime();
            fastest = Math.min(fastest, after - now);
            now = after;
            runs++;
        } while (now - start < nanos);
        return fastest;
    }
}
