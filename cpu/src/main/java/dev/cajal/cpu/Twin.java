package dev.cajal.cpu;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A kernel in two forms that give the same bits: a scalar one, and a vector one that is faster once it is compiled.
///
/// Until the JVM's second compiler has seen it, a vector kernel is 4 to 10 times slower than a cold scalar one, since every vector is an object. So the scalar
/// form works while a background thread runs both on scratch data, the most urgent kernels first. When the vector form has
/// [won][Contest], it takes over; as the bits are the same, nobody can tell but by the time. If it does not win, it is tried again
/// later, some times.
///
/// The system property `cajal.warmup=off` makes the vector form work from the first call on.
///
/// @param <K> the kernel's interface
public final class Twin<K> {
    /// How far the vector form is.
    public enum State {
        /// There is none, or it was not asked for.
        SCALAR,
        /// The scalar form works, the vector form warms up.
        WARMING,
        /// The vector form works.
        VECTOR,
        /// The vector form did not become faster than the scalar one in any attempt, or failed; the scalar form works on.
        SLOW
    }

    private static final boolean WARM_UP = !"off".equals(System.getProperty("cajal.warmup"));
    private static final long TURN_NANOS = 4_000_000;
    /// Runs of each form in a turn, at least.
    private static final int LEAST_RUNS = 3;
    /// Runs after which the compilers have been asked for everything, so that there is nothing to do but to wait for them.
    private static final int ENOUGH_RUNS = 400;
    private static final System.Logger LOG = System.getLogger("dev.cajal.cpu");

    private final String name;
    private final K scalar;
    private final @Nullable Supplier<K> maker;
    private final @Nullable Consumer<K> trial;
    private volatile K current;
    private final Consumer<K> caller;
    private final LongSupplier urgency;
    private volatile State state;

    // Of the warming thread.
    private @Nullable K vector;
    private final Contest contest = new Contest();

    private Twin(String name, K scalar, @Nullable Supplier<K> maker, @Nullable Consumer<K> trial,
            Consumer<K> caller, LongSupplier urgency, State state) {
        this.name = name;
        this.scalar = scalar;
        this.maker = maker;
        this.trial = trial;
        this.caller = caller;
        this.urgency = urgency;
        this.current = scalar;
        this.state = state;
    }

    /// A kernel without a vector form.
    public static <K> Twin<K> scalar(String name, K scalar) {
        return new Twin<>(name, scalar, null, null, _ -> {}, () -> 0, State.SCALAR);
    }

    /// A kernel whose vector form warms up before all others; a scalar one where there are no vectors.
    ///
    /// @param name says in the log which kernel it is
    /// @param vector makes the vector form, on the warming thread
    /// @param trial runs a kernel on scratch data for some ten microseconds (when warm), through everything that matters in it
    public static <K> Twin<K> of(String name, K scalar, Supplier<K> vector, Consumer<K> trial) {
        return of(name, scalar, vector, trial, _ -> {}, () -> Long.MAX_VALUE);
    }

    /// A kernel whose vector form begins to warm up when there is no more urgent one; a scalar one where there are no vectors.
    ///
    /// @param name says in the log which kernel it is
    /// @param vector makes the vector form, on the warming thread
    /// @param trial runs a kernel on scratch data for some ten microseconds (when warm), through everything that matters in it
    /// @param caller calls a kernel often with little to do, so that the compiler takes notice of it
    /// @param urgency says how much there is to gain at the moment; asked by the warming thread
    public static <K> Twin<K> of(
            String name, K scalar, Supplier<K> vector, Consumer<K> trial, Consumer<K> caller,
            LongSupplier urgency) {
        if (!Lanes.available()) {
            return scalar(name, scalar);
        }
        var twin = new Twin<>(name, scalar, vector, trial, caller, urgency, State.WARMING);
        if (WARM_UP) {
            Warming.add(twin);
        } else {
            twin.current = vector.get();
            twin.state = State.VECTOR;
        }
        return twin;
    }

    /// Whether vector forms warm up before they work.
    public static boolean warmsUp() {
        return WARM_UP;
    }

    /// The form to use for the next call.
    public K kernel() {
        return current;
    }

    /// How far the vector form is.
    public State state() {
        return state;
    }

    /// How much there is to gain.
    long urgency() {
        return urgency.getAsLong();
    }

    /// Attempts that the vector form has lost.
    int attempts() {
        return contest.attempts();
    }

    /// Whether nothing is to be done but to wait for the compiler.
    boolean waits() {
        return contest.runs() >= ENOUGH_RUNS;
    }

    /// Runs both forms for a few milliseconds, and says how the matter stands.
    Contest.Verdict turn() {
        if (maker == null || trial == null) {
            return Contest.Verdict.SCALAR;
        }
        try {
            K candidate = vector == null ? maker.get() : vector;
            vector = candidate;
            Contest.Verdict verdict = round(candidate, trial);
            switch (verdict) {
                case OPEN, LATER -> {}
                case VECTOR -> {
                    current = candidate;
                    state = State.VECTOR;
                }
                case SCALAR -> {
                    state = State.SLOW;
                    LOG.log(System.Logger.Level.INFO,
                            "The vector form of {0} takes {1} us, the scalar form {2} us, which stays.",
                            name, contest.fastestVector() / 1000, contest.fastestScalar() / 1000);
                }
            }
            return verdict;
        } catch (RuntimeException | LinkageError e) {
            state = State.SLOW;
            LOG.log(System.Logger.Level.WARNING, "The vector form of " + name + " failed; the scalar form stays.", e);
            return Contest.Verdict.SCALAR;
        }
    }

    private Contest.Verdict round(K candidate, Consumer<K> trial) {
        long turn = waits() ? 0 : TURN_NANOS;
        long start = System.nanoTime();
        long fastestScalar = Long.MAX_VALUE;
        long fastestVector = Long.MAX_VALUE;
        int runs = 0;
        long now = start;
        while (runs < LEAST_RUNS || now - start < turn) {
            if (runs < LEAST_RUNS) {
                trial.accept(scalar);
                long after = System.nanoTime();
                fastestScalar = Math.min(fastestScalar, after - now);
                now = after;
            }
            trial.accept(candidate);
            long after = System.nanoTime();
            fastestVector = Math.min(fastestVector, after - now);
            if (turn > 0) {
                caller.accept(candidate);
            }
            now = System.nanoTime();
            runs++;
        }
        return contest.round(fastestScalar, fastestVector, runs, now - start);
    }
}
