package dev.cajal.transform;

import dev.cajal.backend.Plan;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.Profile;
import dev.cajal.ir.Graph;
import java.time.Duration;
import java.util.Optional;
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
    /// arguments again; reading them is an error. A result may take the memory of an argument of its type that the function does not even read; what no result takes is
    /// free at once.
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

    /// The plan of a call with such arguments: regions and memory, as the backend runs it. Compiles, but runs nothing. Empty if the backend has
    /// none to show.
    public Optional<Plan> plan(A a, B b) {
        return compiled.plan(a, b);
    }

    /// How long each region of the plan takes with these arguments; see [dev.cajal.backend.Executable#profile]. They stay as they
    /// are, those that are donated otherwise too.
    ///
    /// @param warmUp how long to run before measuring
    /// @param runs how many runs to measure
    public Optional<Profile> profile(A a, B b, Duration warmUp, int runs) {
        return compiled.profile(warmUp, runs, a, b);
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
