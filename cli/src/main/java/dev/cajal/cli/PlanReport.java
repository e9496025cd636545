package dev.cajal.cli;

import dev.cajal.backend.MachineLimits;
import dev.cajal.backend.Plan;
import dev.cajal.backend.Profile;
import java.util.Optional;

/// What there is to say of a plan.
///
/// @param run whose it is
/// @param what of the run it computes
/// @param batch examples of one run of the plan
/// @param backend that compiled it
/// @param profile how long regions take, if that was measured
/// @param limits of the machine, if they were measured
record PlanReport(
        String run,
        What what,
        int batch,
        String backend,
        Plan plan,
        Optional<Profile> profile,
        Optional<MachineLimits> limits) {
    private static final double NANOS = 1e9;

    /// What a plan computes.
    enum What {
        /// A step of training.
        TRAIN,
        /// A prediction.
        PREDICT
    }

    /// How long a region took, in nanoseconds.
    Optional<Long> nanos(int region) {
        return profile.map(times -> times.regionNanos().get(region));
    }

    /// How long all regions together took, in nanoseconds.
    Optional<Long> allNanos() {
        return profile.map(times -> times.regionNanos().stream().mapToLong(Long::longValue).sum());
    }

    /// The share of a region in the time of all.
    Optional<Double> share(int region) {
        return nanos(region).map(nanos -> nanos / (double) Math.max(1, allNanos().orElse(1L)));
    }

    /// The shortest time that a region can need, in nanoseconds.
    Optional<Double> limitNanos(int region) {
        return limits.map(all -> plan.regions().get(region).limitSeconds(all) * NANOS);
    }

    /// How near a region comes to its limit: 1 is as fast as the machine allows; above that its operands came from the cache.
    Optional<Double> limitShare(int region) {
        return limitNanos(region).flatMap(limit -> nanos(region).map(nanos -> limit / Math.max(1, nanos)));
    }

    /// How near all regions together come to their limits.
    Optional<Double> limitShare() {
        return limits.flatMap(all -> allNanos().map(nanos -> NANOS
                * plan.regions().stream().mapToDouble(region -> region.limitSeconds(all)).sum() / Math.max(1, nanos)));
    }

    /// What limits a region; empty if that is not known.
    Optional<Limit> limit(int region) {
        return limits.map(all -> plan.regions().get(region).isLimitedByMemory(all) ? Limit.MEMORY : Limit.ARITHMETIC);
    }

    /// What a region cannot be faster than.
    enum Limit {
        /// The arithmetic of all processors.
        ARITHMETIC,
        /// The bandwidth of memory.
        MEMORY
    }
}
