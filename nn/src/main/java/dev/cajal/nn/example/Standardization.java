package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.List;

/// Numbers moved and scaled to mean 0 and deviation 1, column by column: `(x - mean) / deviation`.
///
/// A column that never changes is only moved.
///
/// @param mean of each column
/// @param deviation of each column (divided by n); 1 for a constant one
public record Standardization(List<Double> mean, List<Double> deviation) {
    public Standardization {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /// A spread that rounding in f64 leaves a column of equal numbers, relative to their size.
    private static final double CONSTANT = 1e-12;
    /// A spread below which f32 has less than about a hundred steps for it, relative to the numbers' size.
    private static final double COARSE = 1e-5;

    private static void requirePrecision(int column, double average, double spread) {
        if (spread < COARSE * Math.abs(average) && spread != 1.0) {
            throw new CajalException(
                    "examples.precision",
                    "The numbers of column %s (from 1) lie around %s and differ by about %s only, which 32 bits cannot tell apart well. Subtract a "
                            + "constant from them first, such as the smallest one.",
                    column + 1,
                    average,
                    spread);
        }
    }

    /// What the columns of some rows need.
    ///
    /// @throws CajalException if the numbers of a column are too large for their differences
    public static Standardization of(Rows rows) {
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (int column = 0; column < rows.width(); column++) {
            double sum = 0;
            for (int row = 0; row < rows.count(); row++) {
                sum += rows.get(row, column);
            }
            double average = rows.count() == 0 ? 0 : sum / rows.count();
            double squares = 0;
            for (int row = 0; row < rows.count(); row++) {
                double distance = rows.get(row, column) - average;
                squares += distance * distance;
            }
            double spread = rows.count() == 0 ? 0 : Math.sqrt(squares / rows.count());
            mean.add(average);
            deviation.add(spread > CONSTANT * Math.abs(average) ? spread : 1.0);
            requirePrecision(column, average, deviation.getLast());
        }
        return new Standardization(mean, deviation);
    }

    /// Rows `[batch, columns]` standardised.
    public Tensor apply(Tensor batch) {
        return batch.minus(tensor(mean)).div(tensor(deviation));
    }

    /// Standardised rows as they were: `x * deviation + mean`.
    public Tensor undo(Tensor batch) {
        return batch.times(tensor(deviation)).plus(tensor(mean));
    }

    private static Tensor tensor(List<Double> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).floatValue();
        }
        return Tensor.of(floats);
    }
}
