package dev.cajal.backend;

/// What one run of an executable costs.
///
/// @param argumentBytes bytes of all arguments
/// @param resultBytes bytes of all results, those in donated memory included
/// @param temporaryBytes bytes of the arena for everything between
/// @param flops floating-point operations; a multiply-add counts as two
public record PlanSummary(long argumentBytes, long resultBytes, long temporaryBytes, long flops) {
    /// Bytes that a run needs at its worst moment, if no argument is donated.
    public long peakBytes() {
        return argumentBytes + resultBytes + temporaryBytes;
    }
}
