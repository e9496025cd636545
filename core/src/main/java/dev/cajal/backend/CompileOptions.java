package dev.cajal.backend;

import java.util.Set;

/// How a graph is to be compiled. Options never change the bits of a result.
///
/// @param donated positions of the parameters whose memory the results may reuse
/// @param checked whether every floating-point result inside of the graph is looked at, and the first one that is not finite stops the
///     run with its operation and layer; slow, for finding out what went wrong
public record CompileOptions(Set<Integer> donated, boolean checked) {
    /// Nothing donated, nothing checked.
    public static final CompileOptions DEFAULT = new CompileOptions(Set.of(), false);

    public CompileOptions {
        donated = Set.copyOf(donated);
    }

    /// These options with other donated parameters.
    public CompileOptions withDonated(Set<Integer> positions) {
        return new CompileOptions(positions, checked);
    }

    /// These options with or without checks.
    public CompileOptions withChecked(boolean check) {
        return new CompileOptions(donated, check);
    }
}
