package dev.cajal.backend;

import java.util.List;

/// How long the regions of a plan took: medians over several runs, in nanoseconds.
///
/// @param runs how many runs were measured
/// @param nanos a whole run
/// @param regionNanos each region, in the order of the plan
/// @param results what the last run gave: the bits that any run gives
public record Profile(int runs, long nanos, List<Long> regionNanos, List<Buffer> results) {
    public Profile {
        regionNanos = List.copyOf(regionNanos);
        results = List.copyOf(results);
    }
}
