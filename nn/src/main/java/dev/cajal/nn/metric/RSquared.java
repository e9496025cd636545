package dev.cajal.nn.metric;

/// The coefficient of determination, the share of the targets' variance that predictions explain: `1 - sum(w * (t - p)^2) / sum(w * (t - mean(t))^2)`.
///
/// 1 is perfect, 0 as good as predicting the mean, and there is no lower bound. The mean over columns. Targets that are all equal have no variance:
/// as in scikit-learn the result is then 1 if predictions are perfect and 0 if not. At least two examples are needed.
public record RSquared() implements Metric {
    /// The metric; it has no settings.
    public static RSquared of() {
        return new RSquared();
    }

    @Override
    public String name() {
        return "r2";
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new RegressionAccumulator(name(), RSquared::explained);
    }

    private static double explained(RegressionAccumulator.Column column) {
        if (column.count < 2) {
            throw new MetricException(
                    "metric.count", "R2 compares with the variance of the targets, which needs at least two examples.");
        }
        if (column.spread == 0) {
            return column.squared == 0 ? 1 : 0;
        }
        return 1 - column.squared / column.spread;
    }
}
