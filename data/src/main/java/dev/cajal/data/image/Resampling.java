package dev.cajal.data.image;

/// Scales one axis of a picture: each new pixel is a weighted mean of old ones, with weights that fall linearly to zero at the distance of one pixel of the
/// coarser of the two grids. So a picture that shrinks is averaged and nothing is skipped, and one that grows is interpolated.
///
/// This is what Pillow and torchvision call bilinear with antialiasing.
final class Resampling {
    private final int from;
    /// For each new pixel the first old one, and how much each counts.
    private final int[] first;
    private final float[][] weights;

    /// @param from old pixels
    /// @param to new pixels
    Resampling(int from, int to) {
        this.from = from;
        this.first = new int[to];
        this.weights = new float[to][];
        double scale = (double) from / to;
        double radius = Math.max(1, scale);
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int begin = Math.max(0, (int) (centre - radius + 0.5));
            int end = Math.min(from, (int) (centre + radius + 0.5));
            first[i] = begin;
            weights[i] = new float[end - begin];
            double sum = 0;
            for (int j = begin; j < end; j++) {
                double weight = Math.max(0, 1 - Math.abs((j + 0.5 - centre) / radius));
                weights[i][j - begin] = (float) weight;
                sum += weight;
            }
            for (int j = 0; j < weights[i].length; j++) {
                weights[i][j] /= (float) sum;
            }
        }
    }

    /// Scales the middle axis of `[outer, from, inner]`.
    float[] apply(float[] values, int outer, int inner) {
        int to = first.length;
        float[] result = new float[outer * to * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < to; i++) {
                int target = (o * to + i) * inner;
                int source = (o * from + first[i]) * inner;
                for (float weight : weights[i]) {
                    for (int k = 0; k < inner; k++) {
                        result[target + k] += weight * values[source + k];
                    }
                    source += inner;
                }
            }
        }
        return result;
    }
}
