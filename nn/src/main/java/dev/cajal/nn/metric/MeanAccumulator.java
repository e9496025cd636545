package dev.cajal.nn.metric;

/// A metric that is a weighted mean of a number for each row.
final class MeanAccumulator implements Accumulator {
    /// The number of one row.
    @FunctionalInterface
    interface RowFigure {
        double of(Outcomes outcomes, int row);
    }

    private final String name;
    private final RowFigure figure;
    private double sum;
    private double weight;

    MeanAccumulator(String name, RowFigure figure) {
        this.name = name;
        this.figure = figure;
    }

    @Override
    public void add(Outcomes outcomes) {
        for (int row = 0; row < outcomes.rows(); row++) {
            sum += outcomes.weight(row) * figure.of(outcomes, row);
            weight += outcomes.weight(row);
        }
    }

    @Override
    public double value() {
        if (weight == 0) {
            throw MetricException.empty(name);
        }
        return sum / weight;
    }
}
