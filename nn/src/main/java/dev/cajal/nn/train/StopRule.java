package dev.cajal.nn.train;

import dev.cajal.nn.metric.Metrics;
import dev.cajal.type.CajalException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// When to end training before the last epoch. A rule looks at nothing but the history, so a resumed run decides as one that was never
/// stopped.
public sealed interface StopRule {
    /// What it looks at, such as `accuracy`.
    String metric();

    /// Why to stop now; empty to go on. Asked after each epoch, and before the first one of a run that goes on.
    Optional<String> reason(History history);

    /// Stops once a metric is as good as wanted: "until the accuracy is what I want".
    ///
    /// @param metric such as `accuracy` or `loss`
    /// @param value the goal
    /// @param direction which side of the goal is the good one
    record Goal(String metric, double value, Direction direction) implements StopRule {
        /// Whether a metric is better when it is larger.
        public enum Direction {
            /// Such as accuracy.
            AT_LEAST,
            /// Such as a loss.
            AT_MOST;

            /// The good side of a metric of this library: losses and errors are to be small, all others large.
            public static Direction of(String metric) {
                return Metrics.largerIsBetter(metric) ? AT_LEAST : AT_MOST;
            }
        }

        /// At least the given value.
        public static Goal atLeast(String metric, double value) {
            return new Goal(metric, value, Direction.AT_LEAST);
        }

        /// At most the given value.
        public static Goal atMost(String metric, double value) {
            return new Goal(metric, value, Direction.AT_MOST);
        }

        @Override
        public Optional<String> reason(History history) {
            if (history.epochs().isEmpty()) {
                return Optional.empty();
            }
            Optional<Double> latest = history.epochs().getLast().value(metric);
            boolean reached = latest.isPresent()
                    && (direction == Direction.AT_LEAST ? latest.get() >= value : latest.get() <= value);
            return reached
                    ? Optional.of(String.format(Locale.ROOT, "%s reached %.4f", metric, latest.get()))
                    : Optional.empty();
        }
    }

    /// Stops once a metric has not become better for some epochs: early stopping.
    ///
    /// @param metric such as `loss`; its best value counts
    /// @param direction which values are good
    /// @param patience epochs without improvement that are waited for
    /// @param minimumChange what counts as improvement
    record NoImprovement(String metric, Goal.Direction direction, int patience, double minimumChange)
            implements StopRule {
        public NoImprovement {
            if (patience < 1) {
                throw new CajalException(
                        "fit.patience", "The patience has to be at least 1 epoch, but is %s.", patience);
            }
        }

        /// Waits for the loss to fall.
        public static NoImprovement ofLoss(int patience) {
            return new NoImprovement("loss", Goal.Direction.AT_MOST, patience, 0);
        }

        @Override
        public Optional<String> reason(History history) {
            List<Double> values = history.values(metric);
            int waited = Improvement.epochsSince(values, direction, minimumChange);
            return waited >= patience
                    ? Optional.of(String.format(
                            Locale.ROOT, "%s has not improved for %d epochs", metric, waited))
                    : Optional.empty();
        }
    }
}
