package dev.cajal.nn.metric;

/// The harmonic mean of [Precision] and [Recall]: `2 TP / (2 TP + FP + FN)`. C. J. van Rijsbergen, *Information Retrieval*, 1979.
///
/// Predicted classes are those of [Accuracy]. As in scikit-learn it is 0 for a class that does not occur.
///
/// @param averaging how classes are taken together
/// @param label the class for [Averaging#ONE_CLASS]
/// @param threshold the least probability at which class 1 is predicted, for a single column
public record F1Score(Averaging averaging, int label, double threshold) implements Metric {
    /// Of class 1, for two classes.
    public static F1Score of() {
        return ofClass(1);
    }

    /// Of one class among several.
    public static F1Score ofClass(int label) {
        return new F1Score(Averaging.ONE_CLASS, label, 0.5);
    }

    /// Over all classes.
    public static F1Score of(Averaging averaging) {
        return new F1Score(averaging, 1, 0.5);
    }

    /// The same with another threshold.
    public F1Score withThreshold(double other) {
        return new F1Score(averaging, label, other);
    }

    @Override
    public String name() {
        return ConfusionAccumulator.name("f1", averaging, label);
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new ConfusionAccumulator(threshold, matrix -> matrix.average(averaging, label, matrix::f1));
    }
}
