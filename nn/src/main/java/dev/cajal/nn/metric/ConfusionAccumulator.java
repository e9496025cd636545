package dev.cajal.nn.metric;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A metric that follows from the confusion matrix.
record ConfusionAccumulator(ConfusionMatrix.Counter counter, ToDoubleFunction<ConfusionMatrix> figure)
        implements Accumulator {
    ConfusionAccumulator(double threshold, ToDoubleFunction<ConfusionMatrix> figure) {
        this(new ConfusionMatrix.Counter(threshold), figure);
    }

    @Override
    public void add(Outcomes outcomes) {
        counter.add(outcomes);
    }

    @Override
    public double value() {
        return figure.applyAsDouble(counter.matrix());
    }

    /// `f1`, `f1_macro` or `f1_class_3`.
    static String name(String figure, Averaging averaging, int label) {
        return switch (averaging) {
            case ONE_CLASS -> label == 1 ? figure : figure + "_class_" + label;
            case MACRO, MICRO, WEIGHTED -> figure + "_" + averaging.name().toLowerCase(Locale.ROOT);
        };
    }
}
