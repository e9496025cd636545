package dev.cajal.nn.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A metric of predicted quantities: computed for each column, then averaged over columns, as scikit-learn does.
final class RegressionAccumulator implements Accumulator {
    private final String name;
    private final ToDoubleFunction<Column> figure;
    private final List<Column> columns = new ArrayList<>();

    RegressionAccumulator(String name, ToDoubleFunction<Column> figure) {
        this.name = name;
        this.figure = figure;
    }

    /// Sums of one column. The targets' spread is updated as by D. H. D. West, *Updating Mean and Variance Estimates*, 1979: the difference of
    /// the sums of squares would cancel.
    static final class Column {
        int count;
        double weight;
        double absolute;
        double squared;
        double relative;
        double mean;
        double spread;

        private void add(double prediction, double target, double w) {
            double error = target - prediction;
            count++;
            weight += w;
            absolute += w * Math.abs(error);
            squared += w * error * error;
            relative += w * Math.abs(error) / Math.max(Math.abs(target), Math.ulp(1.0));
            double distance = target - mean;
            mean += distance * w / weight;
            spread += w * distance * (target - mean);
        }
    }

    @Override
    public void add(Outcomes outcomes) {
        outcomes.requireTargetsForEachColumn(name);
        for (int i = 0; i < outcomes.columns(); i++) {
            if (i == columns.size()) {
                columns.add(new Column());
            }
            Column column = columns.get(i);
            for (int row = 0; row < outcomes.rows(); row++) {
                column.add(outcomes.prediction(row, i), outcomes.target(row, i), outcomes.weight(row));
            }
        }
    }

    @Override
    public double value() {
        if (columns.isEmpty() || columns.getFirst().weight == 0) {
            throw MetricException.empty(name);
        }
        return columns.stream().mapToDouble(figure).sum() / columns.size();
    }
}
