package dev.cajal.nn.train;

import java.util.List;

/// Finds the best epoch in a list of values.
final class Improvement {
    private Improvement() {}

    /// How many values came after the last one that was better than all before it by more than `minimumChange`.
    static int epochsSince(List<Double> values, StopRule.Goal.Direction direction, double minimumChange) {
        int since = 0;
        double best = Double.NaN;
        for (double value : values) {
            double gain = direction == StopRule.Goal.Direction.AT_LEAST ? value - best : best - value;
            if (Double.isNaN(best) || gain > minimumChange) {
                best = value;
                since = 0;
            } else {
                since++;
            }
        }
        return since;
    }
}
