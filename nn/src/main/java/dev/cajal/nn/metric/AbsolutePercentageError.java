package dev.cajal.nn.metric;

/// The mean absolute percentage error, MAPE, as a fraction: `mean of |target - prediction| / max(|target|, e)`; 0.1 is 10 %. The mean over columns.
///
/// As in scikit-learn `e` is the spacing of double-precision numbers at 1, `2^-52`: a target of zero makes the error huge, so this
/// metric suits targets far from zero only.
public record AbsolutePercentageError() implements Metric {
    /// The metric; it has no settings.
    public static AbsolutePercentageError of() {
        return new AbsolutePercentageError();
    }

    @Override
    public String name() {
        return "mape";
    }

    @Override
    public boolean largerIsBetter() {
        return false;
    }

    @Override
    public Accumulator start() {
        return new RegressionAccumulator(name(), column -> column.relative / column.weight);
    }
}
