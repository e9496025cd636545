package dev.cajal.nn.metric;

import java.util.Arrays;

/// Scores of examples that are positive or not, collected, and sorted once at the end.
final class ScoreCurve {
    private static final int FIRST_CAPACITY = 256;

    private int size;
    private double[] scores = new double[FIRST_CAPACITY];
    /// Weights; those of negatives have a minus sign.
    private double[] weights = new double[FIRST_CAPACITY];

    void add(double score, boolean positive, double weight) {
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
        }
        scores[size] = score;
        weights[size++] = positive ? weight : -weight;
    }

    int size() {
        return size;
    }

    /// What is at or above one distinct score and above the next one: a point of the curve.
    @FunctionalInterface
    interface Step {
        /// @param positives weight of the positives of this score
        /// @param negatives weight of the negatives of this score
        void take(double positives, double negatives);
    }

    double positives() {
        return Arrays.stream(weights, 0, size).filter(weight -> weight > 0).sum();
    }

    double negatives() {
        return -Arrays.stream(weights, 0, size).filter(weight -> weight < 0).sum();
    }

    /// Walks through the distinct scores, from the largest down.
    void descend(Step step) {
        Integer[] indices = new Integer[size];
        Arrays.setAll(indices, i -> i);
        Arrays.sort(indices, (a, b) -> Double.compare(scores[b], scores[a]));
        int i = 0;
        while (i < size) {
            double score = scores[indices[i]];
            double positives = 0;
            double negatives = 0;
            for (; i < size && scores[indices[i]] == score; i++) {
                double weight = weights[indices[i]];
                positives += Math.max(weight, 0);
                negatives += Math.max(-weight, 0);
            }
            step.take(positives, negatives);
        }
    }
}
