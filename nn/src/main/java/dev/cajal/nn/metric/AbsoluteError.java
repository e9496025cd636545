package dev.cajal.nn.metric;

/// The mean absolute error, MAE: `sum(w * |target - prediction|) / sum(w)`, in the unit of the target; the mean over columns.
public record AbsoluteError() implements Metric {
    /// The metric; it has no settings.
    public static AbsoluteError of() {
        return new AbsoluteError();
    }

    @Override
    public String name() {
        return "mae";
    }

    @Override
    public boolean largerIsBetter() {
        return false;
    }

    @Override
    public Accumulator start() {
        return new RegressionAccumulator(name(), column -> column.absolute / column.weight);
    }
}
