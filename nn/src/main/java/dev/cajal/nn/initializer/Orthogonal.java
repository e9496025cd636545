package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;

/// A random matrix whose rows or columns, whichever are fewer, are orthogonal and of length `gain`: it keeps the
/// lengths of vectors.
///
/// Every dimension but the last counts as a row: `[spatial..., in, out]` is seen as `[spatial * in, out]`. The matrix
/// is the `Q` of `A = Q R` for `A` of independent normal numbers, with the signs that make the diagonal of `R`
/// positive, which gives every orthogonal matrix the same chance (F. Mezzadri, *How to Generate Random Matrices from
/// the Classical Compact Groups*, 2007). For networks: A. M. Saxe, J. L. McClelland, S. Ganguli, *Exact solutions to
/// the nonlinear dynamics of learning in deep linear neural networks*, 2014.
///
/// The factorisation is computed at once and in double precision, at a cost of
/// `2 * rows * columns * min(rows, columns)` operations, so it cannot be made inside of a function under `compile`.
///
/// @param gain the length of the vectors; the root of 2 for ReLU; above 0
public record Orthogonal(double gain) implements Initializer {
    public Orthogonal {
        if (!(gain > 0) || !Double.isFinite(gain)) {
            throw new CajalException("initializer.gain", "The gain is above 0, but got %s.", gain);
        }
    }

    @Override
    public Tensor create(RandomKey key, Shape shape) {
        if (shape.rank() < 2) {
            throw new ShapeException(
                    "shape.orthogonal", "An orthogonal matrix has at least 2 dimensions, but the shape is %s.", shape);
        }
        int columns = shape.dim(-1);
        int rows = columns == 0 ? 0 : Math.toIntExact(shape.size() / columns);
        int length = Math.max(rows, columns);
        int count = Math.min(rows, columns);
        double[][] vectors = vectors(key.normal(Shape.of(count, length)).toDoubles(), count, length);
        double[][] orthonormal = HouseholderFactors.of(vectors).orthonormal();
        float[] elements = new float[rows * columns];
        for (int vector = 0; vector < count; vector++) {
            for (int i = 0; i < length; i++) {
                int at = rows >= columns ? i * columns + vector : vector * columns + i;
                elements[at] = (float) (gain * orthonormal[vector][i]);
            }
        }
        return Tensor.of(elements, shape);
    }

    private static double[][] vectors(double[] elements, int count, int length) {
        double[][] vectors = new double[count][length];
        for (int vector = 0; vector < count; vector++) {
            System.arraycopy(elements, vector * length, vectors[vector], 0, length);
        }
        return vectors;
    }
}
