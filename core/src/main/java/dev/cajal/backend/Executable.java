package dev.cajal.backend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A compiled graph. May be run by several threads at once; results never share memory with a later run.
public interface Executable {
    /// Runs the graph.
    ///
    /// A donated argument must not be used by anyone afterwards: a result may lie in its memory, or its memory may be free. If the run fails no donated argument has been changed.
    ///
    /// @param arguments one for each parameter of the graph, of its type
    /// @return one for each result
    /// @throws RunException if an index is out of bounds, or a checked result is not finite
    List<Buffer> run(List<Buffer> arguments);

    /// What a run costs, known before the first one.
    PlanSummary summary();

    /// The plan behind it: regions and memory. Empty if this backend has none to show.
    default Optional<Plan> plan() {
        return Optional.empty();
    }

    /// Measures how long each region of the [plan][#plan] takes. Leaves all arguments as they were, donated ones too: those are copied
    /// for each run, outside of what is measured. Empty if there is no plan.
    ///
    /// @param arguments as for [#run]
    /// @param warmUp how long to run before measuring: kernels become fast once the JVM has compiled them, which takes seconds
    /// @param runs how many runs to measure, at least 1
    /// @throws RunException as [#run]
    default Optional<Profile> profile(List<Buffer> arguments, Duration warmUp, int runs) {
        return Optional.empty();
    }
}
