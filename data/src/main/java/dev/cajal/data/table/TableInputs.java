package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.Standardization;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of a table as lists of numbers. Quantities are standardised with mean and deviation of the training rows, where one is missing it
/// becomes the mean; see [Feature] for what else becomes what.
///
/// @param schema the columns of the table that a model was trained with
/// @param features the columns that are used, in order
/// @param standardization what was learned from the training rows
public record TableInputs(TableSchema schema, List<Feature> features, Optional<Standardization> standardization)
        implements TableEncoding {
    public TableInputs {
        features = List.copyOf(features);
    }

    @Override
    public DType dtype() {
        return DType.F32;
    }

    @Override
    public Shape shape() {
        return Shape.of(features.stream().mapToInt(Feature::width).sum());
    }

    /// Missing quantities become NaN here, and the mean in [#prepare].
    ///
    /// @throws DataException if a text is no number where one is needed
    @Override
    public void encode(TableRow row, double[] target, int offset) {
        int at = offset;
        for (Feature feature : features) {
            feature.encode(row.get(feature.column()), target, at);
            at += feature.width();
        }
    }

    @Override
    public Rows encode(Table table) {
        int width = Math.toIntExact(shape().size());
        int[] positions = features.stream().mapToInt(feature -> table.position(feature.column())).toArray();
        double[] row = new double[width];
        float[] numbers = new float[Math.multiplyExact(table.size(), width)];
        for (int i = 0; i < table.size(); i++) {
            int at = 0;
            for (int j = 0; j < positions.length; j++) {
                var feature = features.get(j);
                encode(table, i, positions[j], feature, row, at);
                at += feature.width();
            }
            for (int j = 0; j < width; j++) {
                numbers[i * width + j] = (float) row[j];
            }
        }
        return Rows.of(numbers, shape());
    }

    private static void encode(Table table, int row, int position, Feature feature, double[] target, int offset) {
        try {
            feature.encode(table.get(row, position), target, offset);
        } catch (DataException withoutPlace) {
            throw withoutPlace.at(table.place(row));
        }
    }

    @Override
    public Tensor prepare(Tensor batch) {
        var standardized = standardization.map(learned -> learned.apply(batch)).orElse(batch);
        return batch.isNaN().choose(0, standardized);
    }

    /// Learns mean and deviation of each quantity, over the rows that have it. Numbers that say which of several values it is stay 0 and 1.
    @Override
    public TableInputs learn(Rows training) {
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (Feature feature : features) {
            for (int i = 0; i < feature.width(); i++) {
                boolean quantity = i == 0 && !(feature instanceof Feature.CategoryFeature);
                var moments = quantity ? Moments.of(training, means.size()) : Moments.AS_IT_IS;
                means.add(moments.mean());
                deviations.add(moments.deviation());
            }
        }
        return new TableInputs(schema, features, Optional.of(new Standardization(means, deviations)));
    }

    private record Moments(double mean, double deviation) {
        static final Moments AS_IT_IS = new Moments(0, 1);

        /// Of the numbers in a column that are not NaN.
        static Moments of(Rows rows, int column) {
            double sum = 0;
            int count = 0;
            for (int row = 0; row < rows.count(); row++) {
                double value = rows.get(row, column);
                if (!Double.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
            double mean = count == 0 ? 0 : sum / count;
            double squares = 0;
            for (int row = 0; row < rows.count(); row++) {
                double difference = rows.get(row, column) - mean;
                squares += Double.isNaN(difference) ? 0 : difference * difference;
            }
            double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
            // What is constant in the training rows is only moved; rounding leaves it a deviation of about its size times the precision of f32.
            return new Moments(mean, deviation > 1e-6 * Math.abs(mean) ? deviation : 1);
        }
    }

    /// What the numbers mean, a name for each: `age`, `age is missing`, `sex=female`.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Feature feature : features) {
            switch (feature) {
                case Feature.NumberFeature(String column, boolean _, boolean indicator) ->
                    addQuantity(names, column, indicator);
                case Feature.TruthFeature(String column, String _, String _, boolean indicator) ->
                    addQuantity(names, column, indicator);
                case Feature.CategoryFeature category -> {
                    category.values().forEach(value -> names.add(category.column() + "=" + value));
                    if (category.other()) {
                        names.add(category.column() + " is another");
                    }
                    if (category.missing()) {
                        names.add(category.column() + " is missing");
                    }
                }
            }
        }
        return List.copyOf(names);
    }

    private static void addQuantity(List<String> names, String column, boolean indicator) {
        names.add(column);
        if (indicator) {
            names.add(column + " is missing");
        }
    }

    /// What the numbers are, for messages.
    @Override
    public String toString() {
        return String.join(", ", names());
    }
}
