package dev.cajal.nn.train;

/// Which epoch's parameters training gives, instead of the last one's: those with the best value of a metric.
///
/// It looks at nothing but the history, so a resumed run keeps what one that was never stopped keeps.
///
/// @param metric such as `accuracy`; of the validation where there is one
/// @param direction which values are good
public record KeepBest(String metric, StopRule.Goal.Direction direction) {
    /// The largest value, or the smallest of a metric that measures an error.
    public static KeepBest of(String metric) {
        return new KeepBest(metric, StopRule.Goal.Direction.of(metric));
    }

    /// Whether the last epoch is better than all before it.
    boolean isBest(History history) {
        return !history.epochs().isEmpty()
                && history.epochs().getLast().value(metric).isPresent()
                && Improvement.epochsSince(history.values(metric), direction, 0) == 0;
    }
}
