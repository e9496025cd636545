package dev.cajal.benchmark;

import dev.cajal.tensor.Tensor;

/// Networks as plain loops in double precision, one row after the other.
final class Plain {
    private Plain() {}

    static double[][] rows(Tensor matrix) {
        int columns = matrix.dim(-1);
        double[] elements = matrix.toDoubles();
        double[][] rows = new double[elements.length / columns][columns];
        for (int i = 0; i < elements.length; i++) {
            rows[i / columns][i % columns] = elements[i];
        }
        return rows;
    }

    /// `x * kernel + bias`
    static double[][] dense(double[][] x, Tensor kernel, double[] bias) {
        double[][] weights = rows(kernel);
        double[][] sums = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            sums[row] = bias.clone();
            for (int i = 0; i < weights.length; i++) {
                for (int j = 0; j < bias.length; j++) {
                    sums[row][j] += x[row][i] * weights[i][j];
                }
            }
        }
        return sums;
    }

    static double[][] plus(double[][] a, double[][] b) {
        double[][] sum = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                sum[i][j] = a[i][j] + b[i % b.length][j];
            }
        }
        return sum;
    }

    static double[][] layerNorm(double[][] x, double[] scale, double[] bias) {
        double[][] normal = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            double mean = 0;
            for (double element : x[row]) {
                mean += element / x[row].length;
            }
            double variance = 0;
            for (double element : x[row]) {
                variance += (element - mean) * (element - mean) / x[row].length;
            }
            normal[row] = new double[x[row].length];
            for (int i = 0; i < x[row].length; i++) {
                normal[row][i] = (x[row][i] - mean) / Math.sqrt(variance + 1e-5) * scale[i] + bias[i];
            }
        }
        return normal;
    }

    static double gelu(double x) {
        return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    static double[] softmax(double... x) {
        double sum = 0;
        for (double element : x) {
            sum += Math.exp(element);
        }
        double[] probabilities = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            probabilities[i] = Math.exp(x[i]) / sum;
        }
        return probabilities;
    }

    static double crossEntropy(double[][] logits, int[] labels) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum -= Math.log(softmax(logits[row])[labels[row]]);
        }
        return sum / labels.length;
    }
}
