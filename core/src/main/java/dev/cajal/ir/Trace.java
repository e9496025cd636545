package dev.cajal.ir;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One run of a function on placeholders, to learn its graph. Every node that depends on a placeholder belongs to its trace, so a
/// placeholder that escapes from the function is noticed.
///
/// Traces nest: a gradient may be taken inside of a compiled function. A node that mixes traces belongs to the innermost.
public final class Trace {
    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

    private final String name;
    private final int depth;
    private volatile boolean finished;

    private Trace(String name, int depth) {
        this.name = name;
        this.depth = depth;
    }

    /// Opens a trace inside the one that is open on this thread, if any.
    ///
    /// @param name what is traced, for messages: `compile`, `grad`, `scan`
    public static Trace open(String name) {
        return new Trace(name, CURRENT.isBound() ? CURRENT.get().depth + 1 : 1);
    }

    /// Whether this thread is inside of a traced function.
    public static boolean isActive() {
        return CURRENT.isBound();
    }

    /// Runs a body while this trace is the innermost of this thread, and ends the trace.
    public <R> R run(Supplier<R> body) {
        try {
            return ScopedValue.where(CURRENT, this).call(body::get);
        } finally {
            finished = true;
        }
    }

    /// A new placeholder of this trace.
    public Value parameter(Op.Parameter parameter) {
        return Node.parameter(parameter, this).value();
    }

    /// What is traced, for messages.
    public String name() {
        return name;
    }

    /// Whether the traced function has returned, so that its placeholders mean nothing any more.
    public boolean isFinished() {
        return finished;
    }

    static @Nullable Trace innermost(@Nullable Trace a, @Nullable Trace b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.depth >= b.depth ? a : b;
    }
}
