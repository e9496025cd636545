package dev.cajal.data.image;

import java.util.Arrays;

/// Scales one axis of a picture, or a part of the result: each new pixel is a weighted mean of old ones, with weights that fall linearly to zero at the distance of one pixel of the
/// coarser of the two grids. So a picture that shrinks is averaged and nothing is skipped, and one that grows is interpolated.
///
/// This is what Pillow and torchvision call bilinear with antialiasing.
final class Resampling {
    /// For each new pixel the first old one, and how much each counts.
    private final int[] first;
    private final float[][] weights;

    /// @param from old pixels
    /// @param to new pixels
    /// @param begin the first new pixel that is wanted
    /// @param count how many are
    Resampling(int from, int to, int begin, int count) {
        this.first = new int[count];
        this.weights = new float[count][];
        double scale = (double) from / to;
        double radius = Math.max(1, scale);
        for (int i = 0; i < count; i++) {
            double centre = (begin + i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - radius + 0.5));
            int high = Math.min(from, (int) (centre + radius + 0.5));
            first[i] = low;
            weights[i] = new float[high - low];
            double sum = 0;
            for (int j = low; j < high; j++) {
                double weight = Math.max(0, 1 - Math.abs((j + 0.5 - centre) / radius));
                weights[i][j - low] = (float) weight;
                sum += weight;
            }
            for (int j = 0; j < weights[i].length; j++) {
                weights[i][j] /= (float) sum;
            }
        }
    }

    /// Scales the rows of a picture by this, and its columns by another one.
    Image both(Resampling columns, Image picture) {
        int channels = picture.channels();
        int width = columns.first.length;
        byte[] pixels = new byte[first.length * width * channels];
        float[] row = new float[picture.width() * channels];
        for (int i = 0; i < first.length; i++) {
            Arrays.fill(row, 0);
            for (int j = 0; j < weights[i].length; j++) {
                add(row, picture.pixels(), (first[i] + j) * row.length, weights[i][j]);
            }
            columns.write(row, channels, pixels, i * width * channels);
        }
        return Image.ofOwned(first.length, width, channels, pixels);
    }

    /// Whole rows, so that this is a loop without branches.
    private static void add(float[] sum, byte[] pixels, int from, float weight) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += weight * (pixels[from + k] & 0xff);
        }
    }

    private void write(float[] row, int channels, byte[] pixels, int to) {
        int at = to;
        for (int i = 0; i < first.length; i++) {
            float[] shares = weights[i];
            for (int c = 0; c < channels; c++) {
                float sum = 0;
                int from = first[i] * channels + c;
                for (float share : shares) {
                    sum += share * row[from];
                    from += channels;
                }
                pixels[at++] = (byte) Math.clamp(Math.round(sum), 0, 255);
            }
        }
    }
}
