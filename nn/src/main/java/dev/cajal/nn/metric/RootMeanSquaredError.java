package dev.cajal.nn.metric;

/// The root mean squared error, RMSE: `sqrt(sum(w * (target - prediction)^2) / sum(w))`, in the unit of the target; the mean over columns.
public record RootMeanSquaredError() implements Metric {
    /// The metric; it has no settings.
    public static RootMeanSquaredError of() {
        return new RootMeanSquaredError();
    }

    @Override
    public String name() {
        return "rmse";
    }

    @Override
    public boolean largerIsBetter() {
        return false;
    }

    @Override
    public Accumulator start() {
        return new RegressionAccumulator(name(), column -> Math.sqrt(column.squared / column.weight));
    }
}
