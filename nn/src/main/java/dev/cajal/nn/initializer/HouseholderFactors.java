package dev.cajal.nn.initializer;

import java.util.Arrays;

/// A matrix `A` of at least as many rows as columns as a product of reflections and a triangular matrix (A. S.
/// Householder, 1958).
///
/// Matrices are arrays of columns, so that inner loops run along memory.
final class HouseholderFactors {
    /// Unit vectors `v` of the reflections `I - 2 v v^T`; the first `k` entries of the `k`-th are 0.
    private final double[][] reflections;
    /// The diagonal of the triangular matrix.
    private final double[] diagonal;

    private HouseholderFactors(double[][] reflections, double[] diagonal) {
        this.reflections = reflections;
        this.diagonal = diagonal;
    }

    /// Factors a matrix; its columns are overwritten.
    static HouseholderFactors of(double[][] columns) {
        double[] diagonal = new double[columns.length];
        for (int k = 0; k < columns.length; k++) {
            double[] v = columns[k];
            double norm = Math.sqrt(dot(v, v, k));
            // The sign that avoids cancellation in v[k] - diagonal[k].
            diagonal[k] = v[k] > 0 ? -norm : norm;
            v[k] -= diagonal[k];
            Arrays.fill(v, 0, k, 0);
            double length = Math.sqrt(dot(v, v, k));
            for (int i = k; i < v.length && length > 0; i++) {
                v[i] /= length;
            }
            for (int j = k + 1; j < columns.length; j++) {
                reflect(v, columns[j], k);
            }
        }
        return new HouseholderFactors(columns, diagonal);
    }

    /// The columns of `Q`, with the signs for which the diagonal of `R` is not negative.
    double[][] orthonormal() {
        int count = reflections.length;
        double[][] q = new double[count][];
        for (int j = 0; j < count; j++) {
            q[j] = new double[reflections[j].length];
            q[j][j] = diagonal[j] < 0 ? -1 : 1;
            // The later reflections leave this column alone: it is 0 where they act.
            for (int k = j; k >= 0; k--) {
                reflect(reflections[k], q[j], k);
            }
        }
        return q;
    }

    private static void reflect(double[] v, double[] x, int from) {
        double twice = 2 * dot(v, x, from);
        for (int i = from; i < x.length; i++) {
            x[i] -= twice * v[i];
        }
    }

    private static double dot(double[] a, double[] b, int from) {
        double sum = 0;
        for (int i = from; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
