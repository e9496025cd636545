package dev.cajal.nn.metric;

/// Of the examples that were taken for a class, the share that belong to it: `TP / (TP + FP)`.
///
/// Predicted classes are those of [Accuracy]. As in scikit-learn it is 0 for a class that was never predicted.
///
/// @param averaging how classes are taken together
/// @param label the class for [Averaging#ONE_CLASS]
/// @param threshold the least probability at which class 1 is predicted, for a single column
public record Precision(Averaging averaging, int label, double threshold) implements Metric {
    /// Of class 1, for two classes.
    public static Precision of() {
        return ofClass(1);
    }

    /// Of one class among several.
    public static Precision ofClass(int label) {
        return new Precision(Averaging.ONE_CLASS, label, 0.5);
    }

    /// Over all classes.
    public static Precision of(Averaging averaging) {
        return new Precision(averaging, 1, 0.5);
    }

    /// The same with another threshold.
    public Precision withThreshold(double other) {
        return new Precision(averaging, label, other);
    }

    @Override
    public String name() {
        return ConfusionAccumulator.name("precision", averaging, label);
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new ConfusionAccumulator(threshold, matrix -> matrix.average(averaging, label, matrix::precision));
    }
}
