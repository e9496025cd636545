package dev.cajal.nn.metric;

/// The share of examples whose class is among the `k` that got the largest numbers.
///
/// Of equal numbers those of earlier classes come first, so that `k = 1` is [Accuracy], and a network that gives all classes the same
/// number is not rewarded. O. Russakovsky et al., *ImageNet Large Scale Visual Recognition Challenge*, 2014 (`k = 5`).
///
/// @param k at least 1
public record TopKAccuracy(int k) implements Metric {
    public TopKAccuracy {
        if (k < 1) {
            throw new MetricException("metric.option", "The k of a top-k accuracy is %s, but has to be at least 1.", k);
        }
    }

    /// Among the `k` largest.
    public static TopKAccuracy of(int k) {
        return new TopKAccuracy(k);
    }

    @Override
    public String name() {
        return "top_" + k + "_accuracy";
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new MeanAccumulator(name(), (outcomes, row) -> rank(outcomes, row) < k ? 1 : 0);
    }

    /// How many classes come before the right one.
    private int rank(Outcomes outcomes, int row) {
        if (outcomes.columns() < 2) {
            throw new MetricException(
                    "metric.columns", "A top-%s accuracy needs a column for each class, but there is only one.", k);
        }
        int label = outcomes.label(row);
        double score = outcomes.prediction(row, label);
        int before = 0;
        for (int column = 0; column < outcomes.columns(); column++) {
            double other = outcomes.prediction(row, column);
            before += other > score || other == score && column < label ? 1 : 0;
        }
        return before;
    }
}
