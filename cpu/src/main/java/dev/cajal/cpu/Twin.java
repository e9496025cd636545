package dev.cajal.cpu;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A kernel in two forms that give the same bits: a scalar one, and a vector one that is faster once it is compiled.
///
/// Until the JVM's second compiler has seen it, a vector kernel is 4 to 10 times slower than a cold scalar one, since every vector is an object. So the scalar
/// form works while a background thread runs both on scratch data, in turn with other kernels that are warming up. When the vector
/// form has won three rounds, it takes over; as the bits are the same, nobody can tell but by the time. If it never wins (some compilers give up
/// on large methods), the scalar form stays.
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
        /// The vector form did not become faster than the scalar one, which works on.
        SLOW
    }

    private static final boolean WARM_UP = !"off".equals(System.getProperty("cajal.warmup"));
    private static final int WINS = 3;
    private static final long TURN_NANOS = 4_000_000;
    private static final long BUDGET_NANOS = 30_000_000_000L;
    private static final System.Logger LOG = System.getLogger("dev.cajal.cpu");

    private final String name;
    private final K scalar;
    private final @Nullable Supplier<K> maker;
    private final @Nullable Consumer<K> trial;
    private volatile K current;
    private volatile State state;

    // Of the warming thread.
    private @Nullable K vector;
    private long best = Long.MAX_VALUE;
    private long spent;
    private int wins;

    private Twin(String name, K scalar, @Nullable Supplier<K> maker, @Nullable Consumer<K> trial, State state) {
        this.name = name;
        this.scalar = scalar;
        this.maker = maker;
        this.trial = trial;
        this.current = scalar;
        this.state = state;
    }

    /// A kernel without a vector form.
    public static <K> Twin<K> scalar(String name, K scalar) {
        return new Twin<>(name, scalar, null, null, State.SCALAR);
    }

    /// A kernel whose vector form begins to warm up now; a scalar one where there are no vectors.
    ///
    /// @param name says in the log which kernel it is
    /// @param vector makes the vector form, on the warming thread
    /// @param trial runs a kernel on scratch data for some ten microseconds (when warm), through everything that matters in it
    public static <K> Twin<K> of(String name, K scalar, Supplier<K> vector, Consumer<K> trial) {
        if (!Lanes.available()) {
            return scalar(name, scalar);
        }
        var twin = new Twin<>(name, scalar, vector, trial, State.WARMING);
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

    /// Runs both forms for a few milliseconds; whether that settled the matter.
    boolean turn() {
        if (maker == null || trial == null) {
            return true;
        }
        try {
            K candidate = vector == null ? maker.get() : vector;
            vector = candidate;
            long start = System.nanoTime();
            trial.accept(scalar);
            best = Math.min(best, System.nanoTime() - start);
            long bestOfVector = Long.MAX_VALUE;
            long now = start;
            do {
                long before = System.nanoTime();
                trial.accept(candidate);
                now = System.nanoTime();
                bestOfVector = Math.min(bestOfVector, now - before);
            } while (now - start < TURN_NANOS);
            spent += now - start;
            wins = bestOfVector <= best ? wins + 1 : 0;
            if (wins == WINS) {
                current = candidate;
                state = State.VECTOR;
            } else if (spent > BUDGET_NANOS) {
                state = State.SLOW;
                LOG.log(System.Logger.Level.INFO,
                        "The vector form of {0} takes {1} us, the scalar form {2} us, which stays.",
                        name, bestOfVector / 1000, best / 1000);
            }
        } catch (RuntimeException | LinkageError e) {
            state = State.SLOW;
            LOG.log(System.Logger.Level.WARNING, "The vector form of " + name + " failed; the scalar form stays.", e);
        }
        return state != State.WARMING;
    }
}
