package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
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

    /// What the columns of some rows need.
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
            // Rounding leaves a constant column a spread of about its size times the precision of f32.
            deviation.add(spread > 1e-7 * Math.max(1, Math.abs(average)) ? spread : 1.0);
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
