package dev.cajal.nn.metric;

/// The share of examples whose class was predicted: `sum(w * [predicted = target]) / sum(w)`.
///
/// The predicted class is the column with the largest number, which is the same for logits and for probabilities; of equal ones it is the
/// first. A single column is the probability of class 1, which is predicted from the threshold on.
///
/// @param threshold 0.5 for probabilities, 0 for logits; matters for a single column only
public record Accuracy(double threshold) implements Metric {
    /// For probabilities, or for several columns.
    public static Accuracy of() {
        return new Accuracy(0.5);
    }

    /// The same with another threshold.
    public Accuracy withThreshold(double other) {
        return new Accuracy(other);
    }

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new MeanAccumulator(
                name(),
                (outcomes, row) -> outcomes.predictedClass(row, threshold) == outcomes.label(row) ? 1 : 0);
    }
}
