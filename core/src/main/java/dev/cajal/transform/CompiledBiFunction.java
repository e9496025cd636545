package dev.cajal.transform;

import dev.cajal.backend.PlanSummary;
import dev.cajal.ir.Graph;
import java.util.Set;
import java.util.function.BiFunction;

/// A compiled function of two arguments; see [Transform#compile].
///
/// @param <A> the first argument, a tree
/// @param <B> the second argument, a tree
/// @param <R> the result, a tree
public final class CompiledBiFunction<A, B, R> implements BiFunction<A, B, R> {
    private final Compiled compiled;

    private CompiledBiFunction(Compiled compiled) {
        this.compiled = compiled;
    }

    @SuppressWarnings("unchecked")
    static <A, B, R> CompiledBiFunction<A, B, R> of(BiFunction<A, B, R> function) {
        return new CompiledBiFunction<>(
                new Compiled(arguments -> function.apply((A) arguments.get(0), (B) arguments.get(1)), Set.of(), false));
    }

    /// This function, reusing the memory of the given arguments (0 is the first) for its results. Whoever calls it must not use those
    /// arguments again; reading them is an error.
    public CompiledBiFunction<A, B, R> donating(int... arguments) {
        return new CompiledBiFunction<>(compiled.withDonated(arguments));
    }

    /// This function, slower, with a look at every result inside of it: the first one that is not finite is an error that names the operation
    /// and the layer. Donates nothing.
    public CompiledBiFunction<A, B, R> checked() {
        return new CompiledBiFunction<>(compiled.withChecks());
    }

    /// What a call with such arguments costs in memory and operations. Compiles, but runs nothing.
    public PlanSummary summary(A a, B b) {
        return compiled.summary(a, b);
    }

    /// The graph of a call with such arguments: what [dev.cajal.ir.GraphPrinter] and [dev.cajal.stablehlo.StableHlo] print. Traces the function;
    /// compiles and runs nothing.
    public Graph graph(A a, B b) {
        return compiled.graph(a, b);
    }

    @Override
    @SuppressWarnings("unchecked")
    public R apply(A a, B b) {
        return (R) compiled.call(a, b);
    }
}
