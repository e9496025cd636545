package dev.cajal.backend;

import java.util.List;

/// A compiled graph. May be run by several threads at once; results never share memory with a later run.
public interface Executable {
    /// Runs the graph.
    ///
    /// A donated argument must not be used by anyone afterwards. If the run fails no donated argument has been changed.
    ///
    /// @param arguments one for each parameter of the graph, of its type
    /// @return one for each result
    /// @throws RunException if an index is out of bounds, or a checked result is not finite
    List<Buffer> run(List<Buffer> arguments);

    /// What a run costs, known before the first one.
    PlanSummary summary();
}
