package dev.cajal.nn.metric;

import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// How often each class was taken for each other one: a row for each class that examples belong to, a column for each that was predicted.
///
/// With weighted examples the counts are sums of weights.
public final class ConfusionMatrix {
    private final double[][] counts;

    private ConfusionMatrix(double[][] counts) {
        this.counts = Arrays.stream(counts).map(double[]::clone).toArray(double[][]::new);
    }

    /// A matrix of known counts: `counts[target][predicted]`.
    ///
    /// @throws ShapeException if it is not square
    public static ConfusionMatrix of(double[][] counts) {
        for (double[] row : counts) {
            if (row.length != counts.length) {
                throw new ShapeException(
                        "metric.square", "A confusion matrix is square, but it has %s rows and a row of %s numbers.",
                        counts.length, row.length);
            }
        }
        return new ConfusionMatrix(counts);
    }

    /// The matrix of predictions that are all there. A single column is the probability of class 1, predicted from 0.5 on.
    public static ConfusionMatrix of(Outcomes outcomes) {
        Counter counter = new Counter(0.5);
        counter.add(outcomes);
        return counter.matrix();
    }

    /// Counts batch by batch. For one thread.
    public static final class Counter {
        private final double threshold;
        private double[][] counts = new double[0][0];

        /// Nothing counted yet.
        ///
        /// @param threshold the least prediction of class 1, for a single column
        public Counter(double threshold) {
            this.threshold = threshold;
        }

        /// Counts one more batch.
        public void add(Outcomes outcomes) {
            int classes = outcomes.classes();
            if (counts.length == 0) {
                counts = new double[classes][classes];
            }
            if (counts.length != classes) {
                throw new ShapeException(
                        "metric.batch-classes", "A batch has predictions for %s classes, but those before had %s.",
                        classes,
                        counts.length);
            }
            for (int row = 0; row < outcomes.rows(); row++) {
                counts[outcomes.label(row)][outcomes.predictedClass(row, threshold)] += outcomes.weight(row);
            }
        }

        /// What has been counted so far.
        public ConfusionMatrix matrix() {
            return new ConfusionMatrix(counts);
        }
    }

    /// The number of classes.
    public int classes() {
        return counts.length;
    }

    /// How many examples of class `target` were taken for class `predicted`.
    public double count(int target, int predicted) {
        return counts[target][predicted];
    }

    /// How many examples belong to a class.
    public double targets(int label) {
        return Arrays.stream(counts[label]).sum();
    }

    /// How many examples were taken for a class.
    public double predictions(int label) {
        return Arrays.stream(counts).mapToDouble(row -> row[label]).sum();
    }

    /// How many examples there are.
    public double total() {
        return IntStream.range(0, classes()).mapToDouble(this::targets).sum();
    }

    private double hits() {
        return IntStream.range(0, classes()).mapToDouble(label -> counts[label][label]).sum();
    }

    /// The share of examples on the diagonal.
    ///
    /// @throws MetricException if there are no examples
    public double accuracy() {
        return hits() / requireTotal("accuracy");
    }

    /// Of those taken for a class, the share that belong to it: `TP / (TP + FP)`; 0 if none was taken for it.
    public double precision(int label) {
        return ratio(counts[label][label], predictions(label));
    }

    /// Of those that belong to a class, the share that were taken for it: `TP / (TP + FN)`; 0 if none belongs to it.
    public double recall(int label) {
        return ratio(counts[label][label], targets(label));
    }

    /// The harmonic mean of precision and recall: `2 TP / (2 TP + FP + FN)`; 0 if the class does not occur.
    public double f1(int label) {
        return ratio(2 * counts[label][label], predictions(label) + targets(label));
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /// The mean of a figure over classes.
    ///
    /// @param label the class for [Averaging#ONE_CLASS]
    /// @param figure of one class, such as `matrix::f1`
    /// @throws MetricException if there are no examples, or no such class
    public double average(Averaging averaging, int label, IntToDoubleFunction figure) {
        requireTotal("A mean over classes");
        return switch (averaging) {
            case ONE_CLASS -> {
                if (label >= classes()) {
                    throw new MetricException(
                            "metric.no-class", "There is no class %s: the predictions have %s classes, from 0.", label,
                            classes());
                }
                yield figure.applyAsDouble(label);
            }
            case MACRO -> IntStream.range(0, classes())
                    .filter(c -> targets(c) > 0 || predictions(c) > 0)
                    .mapToDouble(figure)
                    .average()
                    .orElse(0);
            case WEIGHTED -> IntStream.range(0, classes()).mapToDouble(c -> targets(c) * figure.applyAsDouble(c)).sum()
                    / total();
            // Summed over all classes, false positives and false negatives are the same examples.
            case MICRO -> accuracy();
        };
    }

    private double requireTotal(String metric) {
        double total = total();
        if (total == 0) {
            throw MetricException.empty(metric);
        }
        return total;
    }

    /// A table for people, with the names of the classes. Names too many or too few are an error.
    public String text(List<String> names) {
        if (names.size() != classes()) {
            throw new ShapeException("metric.names", "There are %s classes, but %s names.", classes(),
                    names.size());
        }
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("target \\ predicted"));
        head.addAll(names);
        head.add("recall");
        table.add(head);
        for (int target = 0; target < classes(); target++) {
            List<String> line = new ArrayList<>(List.of(names.get(target)));
            for (int predicted = 0; predicted < classes(); predicted++) {
                line.add(number(counts[target][predicted]));
            }
            line.add(targets(target) == 0 ? "-" : percent(recall(target)));
            table.add(line);
        }
        List<String> foot = new ArrayList<>(List.of("precision"));
        for (int predicted = 0; predicted < classes(); predicted++) {
            foot.add(predictions(predicted) == 0 ? "-" : percent(precision(predicted)));
        }
        foot.add(total() == 0 ? "-" : percent(accuracy()));
        table.add(foot);
        return aligned(table);
    }

    /// A table for people, with the classes' numbers for names. In the corner is the accuracy.
    @Override
    public String toString() {
        return text(IntStream.range(0, classes()).mapToObj(Integer::toString).toList());
    }

    private static String number(double count) {
        return count == Math.rint(count)
                ? String.format(Locale.ROOT, "%.0f", count)
                : String.format(Locale.ROOT, "%.2f", count);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String aligned(List<List<String>> table) {
        int columns = table.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> line : table) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : table) {
            text.append(text.isEmpty() ? "" : "\n").append(line.getFirst())
                    .repeat(' ', widths[0] - line.getFirst().length());
            for (int i = 1; i < columns; i++) {
                text.repeat(' ', 2 + widths[i] - line.get(i).length()).append(line.get(i));
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix matrix && Arrays.deepEquals(counts, matrix.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }
}
