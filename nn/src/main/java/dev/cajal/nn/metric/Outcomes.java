package dev.cajal.nn.metric;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Arrays;
import java.util.List;

/// Predictions beside what they should have been: a table with a row for each example (for each position, if an example has several).
///
/// Predictions are what a person would read: probabilities for a classifier, not logits, and quantities for a regression. Examples of
/// weight zero are left out; they are padding.
public final class Outcomes {
    private final int rows;
    private final int columns;
    private final int targetColumns;
    private final float[] predictions;
    private final float[] targets;
    private final double[] weights;

    private Outcomes(int columns, int targetColumns, float[] predictions, float[] targets, double[] weights) {
        this.rows = weights.length;
        this.columns = columns;
        this.targetColumns = targetColumns;
        this.predictions = predictions;
        this.targets = targets;
        this.weights = weights;
        for (int i = 0; i < predictions.length; i++) {
            requireNumber(Phrase.words("prediction"), predictions[i], i / columns);
        }
        for (int i = 0; i < targets.length; i++) {
            requireNumber(Phrase.words("target"), targets[i], i / targetColumns);
        }
    }

    private static void requireNumber(Phrase what, float number, int row) {
        if (Float.isNaN(number)) {
            throw new MetricException(
                    "metric.nan",
                    "The %s in row %s is NaN, so there is no metric. If the network has diverged, a smaller learning rate or clipped gradients help.",
                    what,
                    row);
        }
    }

    /// The outcomes of a batch.
    ///
    /// @param prediction `[batch, ..., columns]`, or `[batch]`
    /// @param target of the prediction's shape, or without its last dimension: class numbers, or the only column's targets
    /// @param weights one for each example, `[batch]`
    /// @throws ShapeException if they do not fit
    public static Outcomes of(Tensor prediction, Tensor target, Tensor weights) {
        Shape shape = prediction.shape();
        if (shape.rank() == 0) {
            throw new ShapeException("metric.batch", "A metric needs a batch of predictions, but got a single number.");
        }
        int columns = shape.rank() == 1 ? 1 : shape.dim(-1);
        Shape rowShape = shape.rank() == 1 ? shape : shape.without(List.of(shape.rank() - 1));
        boolean matching = target.shape().equals(shape);
        if (!matching && !target.shape().equals(rowShape)
                && !target.shape().equals(rowShape.insert(rowShape.rank(), 1))) {
            throw new ShapeException(
                    "metric.target",
                    "The predictions have shape %s, but the targets %s. A metric needs targets of the same shape, or of shape %s.",
                    shape,
                    target.shape(),
                    rowShape);
        }
        if (!weights.shape().equals(Shape.of(shape.dim(0)))) {
            throw new ShapeException(
                    "metric.weights", "A metric needs one weight for each of %s examples, but got shape %s.",
                    shape.dim(0),
                    weights.shape());
        }
        Tensor.evaluate(List.of(prediction, target, weights));
        int positions = shape.dim(0) == 0 ? 0 : Math.toIntExact(rowShape.size() / shape.dim(0));
        return counted(
                columns, matching ? columns : 1, prediction.toFloats(), target.toFloats(),
                repeat(weights.toFloats(), positions));
    }

    /// Outcomes of one column, all of weight 1: probabilities of a yes beside 0 or 1, or quantities.
    public static Outcomes of(float[] predictions, float[] targets) {
        float[] ones = new float[predictions.length];
        Arrays.fill(ones, 1);
        return of(predictions, targets, ones);
    }

    /// Outcomes of one column.
    public static Outcomes of(float[] predictions, float[] targets, float[] weights) {
        requireLengths(predictions.length, targets.length, weights.length);
        return counted(1, 1, predictions, targets, weights);
    }

    /// Outcomes of a classification, all of weight 1: a row of probabilities for each example, beside the number of its class.
    public static Outcomes of(float[][] probabilities, int[] labels) {
        float[] targets = new float[labels.length];
        float[] ones = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = labels[i];
            ones[i] = 1;
        }
        return of(probabilities, targets, 1, ones);
    }

    /// Outcomes of several columns.
    ///
    /// @param targets row by row
    /// @param targetColumns as many as there are columns of predictions, or 1
    public static Outcomes of(float[][] predictions, float[] targets, int targetColumns, float[] weights) {
        int columns = predictions.length == 0 ? targetColumns : predictions[0].length;
        if (targetColumns != 1 && targetColumns != columns) {
            throw new ShapeException(
                    "metric.columns-of-targets", "There are %s columns of predictions, but %s of targets.", columns,
                    targetColumns);
        }
        requireLengths(predictions.length, targets.length / targetColumns, weights.length);
        float[] flat = new float[predictions.length * columns];
        for (int i = 0; i < predictions.length; i++) {
            if (predictions[i].length != columns) {
                throw new ShapeException(
                        "metric.ragged", "Row %s has %s predictions, but row 0 has %s.", i, predictions[i].length,
                        columns);
            }
            System.arraycopy(predictions[i], 0, flat, i * columns, columns);
        }
        return counted(columns, targetColumns, flat, targets, weights);
    }

    private static void requireLengths(int predictions, int targets, int weights) {
        if (predictions != targets || predictions != weights) {
            throw new ShapeException(
                    "metric.counts", "There are %s predictions, but %s targets and %s weights.", predictions, targets,
                    weights);
        }
    }

    private static float[] repeat(float[] weights, int times) {
        float[] all = new float[weights.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = weights[i / times];
        }
        return all;
    }

    /// Leaves out the rows of weight zero.
    private static Outcomes counted(
            int columns, int targetColumns, float[] predictions, float[] targets, float[] weights) {
        int kept = 0;
        for (float weight : weights) {
            if (!(weight >= 0) || Float.isInfinite(weight)) {
                throw new MetricException(
                        "metric.weight", "A weight is %s, but has to be finite and not negative.", weight);
            }
            kept += weight > 0 ? 1 : 0;
        }
        float[] keptPredictions = new float[kept * columns];
        float[] keptTargets = new float[kept * targetColumns];
        double[] keptWeights = new double[kept];
        int row = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                System.arraycopy(predictions, i * columns, keptPredictions, row * columns, columns);
                System.arraycopy(targets, i * targetColumns, keptTargets, row * targetColumns, targetColumns);
                keptWeights[row++] = weights[i];
            }
        }
        return new Outcomes(columns, targetColumns, keptPredictions, keptTargets, keptWeights);
    }

    /// The number of examples that count.
    public int rows() {
        return rows;
    }

    /// The number of predictions in a row.
    public int columns() {
        return columns;
    }

    /// The number of targets in a row: that of predictions, or 1.
    public int targetColumns() {
        return targetColumns;
    }

    /// A prediction.
    public double prediction(int row, int column) {
        return predictions[row * columns + column];
    }

    /// A target.
    public double target(int row, int column) {
        return targets[row * targetColumns + column];
    }

    /// How much a row counts, above 0.
    public double weight(int row) {
        return weights[row];
    }

    /// The number of classes: that of columns, but 2 for a single column, which holds probabilities of a yes.
    public int classes() {
        return Math.max(columns, 2);
    }

    /// Checks that there is a target for each prediction.
    void requireTargetsForEachColumn(String metric) {
        if (targetColumns != columns) {
            throw new ShapeException(
                    "metric.target-columns",
                    "%s needs a target for each of the %s columns of predictions, but there is only one.",
                    metric, columns);
        }
    }

    /// The class that a row belongs to: its only target, or the position of the largest one.
    ///
    /// @throws MetricException if the target is not the number of a class
    public int label(int row) {
        if (targetColumns > 1) {
            return argMax(targets, row * targetColumns, targetColumns);
        }
        double target = target(row, 0);
        if (target != Math.rint(target) || target < 0 || target >= classes()) {
            throw new MetricException(
                    "metric.label",
                    "The target of row %s is %s, but a metric of classification needs a class number from 0 to %s.",
                    row,
                    target,
                    classes() - 1);
        }
        return (int) target;
    }

    /// The class that was predicted for a row: the first largest column, or for a single column 1 if it is at least the threshold, else 0.
    public int predictedClass(int row, double threshold) {
        return columns > 1
                ? argMax(predictions, row * columns, columns)
                : prediction(row, 0) >= threshold ? 1 : 0;
    }

    private static int argMax(float[] numbers, int from, int length) {
        int best = from;
        for (int i = from + 1; i < from + length; i++) {
            if (numbers[i] > numbers[best]) {
                best = i;
            }
        }
        return best - from;
    }
}
