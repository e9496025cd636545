package dev.cajal.nn.metric;

/// The share of right answers to yes-or-no questions, of which an example may have several: `mean over columns of [(p >= threshold) = (t >= 0.5)]`.
///
/// This is the accuracy of a multi-label classifier, one output for each label. For classes that exclude each other see [Accuracy].
///
/// @param threshold 0.5 for probabilities, 0 for logits
public record BinaryAccuracy(double threshold) implements Metric {
    /// For probabilities.
    public static BinaryAccuracy of() {
        return new BinaryAccuracy(0.5);
    }

    @Override
    public String name() {
        return "binary_accuracy";
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new MeanAccumulator(name(), this::share);
    }

    private double share(Outcomes outcomes, int row) {
        outcomes.requireTargetsForEachColumn(name());
        int hits = 0;
        for (int column = 0; column < outcomes.columns(); column++) {
            boolean yes = outcomes.prediction(row, column) >= threshold;
            hits += yes == outcomes.target(row, column) >= 0.5 ? 1 : 0;
        }
        return (double) hits / outcomes.columns();
    }
}
