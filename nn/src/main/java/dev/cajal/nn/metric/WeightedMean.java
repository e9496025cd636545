package dev.cajal.nn.metric;

/// A sum of weighted numbers and of their weights.
final class WeightedMean {
    private double sum;
    private double weight;

    void add(double number, double numberWeight) {
        sum += number * numberWeight;
        weight += numberWeight;
    }

    /// @param metric for the message
    /// @throws MetricException if nothing was added
    double value(String metric) {
        if (weight == 0) {
            throw MetricException.empty(metric);
        }
        return sum / weight;
    }
}
