package dev.cajal.transform;

import dev.cajal.backend.Plan;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.Profile;
import dev.cajal.ir.Graph;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A compiled function of one argument; see [Transform#compile].
///
/// @param <A> the first argument, a tree
/// @param <R> the result, a tree
public final class CompiledFunction<A, R> implements Function<A, R> {
    private final Compiled compiled;

    private CompiledFunction(Compiled compiled) {
        this.compiled = compiled;
    }

    @SuppressWarnings("unchecked")
    static <A, R> CompiledFunction<A, R> of(Function<A, R> function) {
        return new CompiledFunction<>(new Compiled(arguments -> function.apply((A) arguments.get(0)), Set.of(), false));
    }

    /// This function, reusing the memory of the given arguments (0 is the first) for its results. Whoever calls it must not use those
    /// arguments again; reading them is an error. A result may take the memory of an argument of its type that the function does not even read; what no result takes is
    /// free at once.
    public CompiledFunction<A, R> donating(int... arguments) {
        return new CompiledFunction<>(compiled.withDonated(arguments));
    }

    /// This function, slower, with a look at every result inside of it: the first one that is not finite is an error that names the operation
    /// and the layer. Donates nothing.
    public CompiledFunction<A, R> checked() {
        return new CompiledFunction<>(compiled.withChecks());
    }

    /// What a call with such arguments costs in memory and operations. Compiles, but runs nothing.
    public PlanSummary summary(A a) {
        return compiled.summary(a);
    }

    /// The plan of a call with such arguments: regions and memory, as the backend runs it. Compiles, but runs nothing. Empty if the backend has
    /// none to show.
    public Optional<Plan> plan(A a) {
        return compiled.plan(a);
    }

    /// How long each region of the plan takes with these arguments; see [dev.cajal.backend.Executable#profile]. They stay as they
    /// are, those that are donated otherwise too.
    ///
    /// @param warmUp how long to run before measuring
    /// @param runs how many runs to measure
    public Optional<Profile> profile(A a, Duration warmUp, int runs) {
        return compiled.profile(warmUp, runs, a);
    }

    /// The graph of a call with such arguments: what [dev.cajal.ir.GraphPrinter] and [dev.cajal.stablehlo.StableHlo] print. Traces the function;
    /// compiles and runs nothing.
    public Graph graph(A a) {
        return compiled.graph(a);
    }

    @Override
    @SuppressWarnings("unchecked")
    public R apply(A a) {
        return (R) compiled.call(a);
    }
}
