package dev.cajal.nn.metric;

/// Of the examples that belong to a class, the share that were taken for it: `TP / (TP + FN)`. Also called sensitivity.
///
/// Predicted classes are those of [Accuracy]. As in scikit-learn it is 0 for a class that no example belongs to.
///
/// @param averaging how classes are taken together
/// @param label the class for [Averaging#ONE_CLASS]
/// @param threshold the least probability at which class 1 is predicted, for a single column
public record Recall(Averaging averaging, int label, double threshold) implements Metric {
    /// Of class 1, for two classes.
    public static Recall of() {
        return ofClass(1);
    }

    /// Of one class among several.
    public static Recall ofClass(int label) {
        return new Recall(Averaging.ONE_CLASS, label, 0.5);
    }

    /// Over all classes.
    public static Recall of(Averaging averaging) {
        return new Recall(averaging, 1, 0.5);
    }

    /// The same with another threshold.
    public Recall withThreshold(double other) {
        return new Recall(averaging, label, other);
    }

    @Override
    public String name() {
        return ConfusionAccumulator.name("recall", averaging, label);
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new ConfusionAccumulator(threshold, matrix -> matrix.average(averaging, label, matrix::recall));
    }
}
