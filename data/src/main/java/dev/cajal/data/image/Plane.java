package dev.cajal.data.image;

import java.util.Arrays;

/// A picture of one channel in floating point, for what is computed on the way. Every operation gives a new one.
///
/// @param values row by row from the top
record Plane(int height, int width, float[] values) {
    /// A function of a value.
    interface Function {
        float apply(float value);
    }

    /// A function of two values at the same place.
    interface Combination {
        float apply(float a, float b);
    }

    Plane(int height, int width) {
        this(height, width, new float[height * width]);
    }

    float at(int y, int x) {
        return values[y * width + x];
    }

    /// The values from 0 to 1 as bytes from 0 to 255.
    byte[] toBytes() {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.clamp(values[i], 0f, 1f));
        }
        return bytes;
    }

    Plane map(Function function) {
        var result = new Plane(height, width);
        for (int i = 0; i < values.length; i++) {
            result.values[i] = function.apply(values[i]);
        }
        return result;
    }

    Plane with(Plane other, Combination combination) {
        var result = new Plane(height, width);
        for (int i = 0; i < values.length; i++) {
            result.values[i] = combination.apply(values[i], other.values[i]);
        }
        return result;
    }

    Plane crop(int top, int left, int height, int width) {
        var result = new Plane(height, width);
        for (int y = 0; y < height; y++) {
            System.arraycopy(values, (top + y) * this.width + left, result.values, y * width, width);
        }
        return result;
    }

    /// This picture in a frame of that many empty pixels.
    Plane padded(int margin) {
        return padded(margin, 0);
    }

    /// This picture in a frame of that many pixels of one value.
    Plane padded(int margin, float value) {
        var result = new Plane(height + 2 * margin, width + 2 * margin);
        Arrays.fill(result.values, value);
        for (int y = 0; y < height; y++) {
            System.arraycopy(values, y * width, result.values, (y + margin) * result.width + margin, width);
        }
        return result;
    }

    /// This picture with fewer pixels (or more), each the average of the area that it covers.
    Plane resized(int height, int width) {
        return resizedRows(width).resizedRows(height);
    }

    /// This picture, made smaller where its longer side is longer than that.
    Plane fitted(int longerSide) {
        double scale = (double) Math.max(height, width) / longerSide;
        return scale <= 1
                ? this
                : resized(
                        (int) Math.max(1, Math.round(height / scale)), (int) Math.max(1, Math.round(width / scale)));
    }

    /// Each row with fewer pixels, transposed.
    private Plane resizedRows(int target) {
        var result = new Plane(target, height);
        for (int i = 0; i < target; i++) {
            double from = (double) i * width / target;
            double to = (double) (i + 1) * width / target;
            for (int y = 0; y < height; y++) {
                double sum = 0;
                for (int x = (int) from; x < Math.min(width, Math.ceil(to)); x++) {
                    sum += at(y, x) * (Math.min(to, x + 1) - Math.max(from, x));
                }
                result.values[i * height + y] = (float) (sum / (to - from));
            }
        }
        return result;
    }

    /// The average of the square around each pixel, as far as it lies inside.
    Plane blurred(int radius) {
        return blurredRows(radius).blurredRows(radius);
    }

    private Plane blurredRows(int radius) {
        var result = new Plane(width, height);
        for (int y = 0; y < height; y++) {
            double sum = 0;
            for (int x = 0; x < Math.min(radius, width); x++) {
                sum += at(y, x);
            }
            for (int x = 0; x < width; x++) {
                int from = Math.max(0, x - radius);
                int to = Math.min(width - 1, x + radius);
                if (x + radius < width) {
                    sum += at(y, x + radius);
                }
                if (x - radius - 1 >= 0) {
                    sum -= at(y, x - radius - 1);
                }
                result.values[x * height + y] = (float) (sum / (to - from + 1));
            }
        }
        return result;
    }

    /// The morphological closing with a square: dark things smaller than it disappear, all else stays.
    Plane closed(int radius) {
        return extremes(radius, true).extremes(radius, false);
    }

    private Plane extremes(int radius, boolean highest) {
        return extremesOfRows(radius, highest).extremesOfRows(radius, highest);
    }

    /// The extreme of the `2 radius + 1` pixels around each pixel of a row, in three comparisons a pixel whatever the radius is: the row is cut into
    /// blocks of that length, and a window is the end of one block and the start of the next (van Herk 1992; Gil and Werman 1993).
    private Plane extremesOfRows(int radius, boolean highest) {
        int window = 2 * radius + 1;
        // A row with its margins, filled up to whole blocks; beyond the picture lies what is never the extreme.
        int length = (width + 2 * radius + window - 1) / window * window;
        float[] row = new float[length];
        float[] fromStart = new float[length];
        float[] toEnd = new float[length];
        var result = new Plane(width, height);
        for (int y = 0; y < height; y++) {
            Arrays.fill(row, highest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
            System.arraycopy(values, y * width, row, radius, width);
            for (int i = 0; i < length; i++) {
                fromStart[i] = i % window == 0 ? row[i] : extreme(fromStart[i - 1], row[i], highest);
            }
            for (int i = length - 1; i >= 0; i--) {
                toEnd[i] = i % window == window - 1 ? row[i] : extreme(toEnd[i + 1], row[i], highest);
            }
            for (int x = 0; x < width; x++) {
                result.values[x * height + y] = extreme(toEnd[x], fromStart[x + window - 1], highest);
            }
        }
        return result;
    }

    private static float extreme(float a, float b, boolean highest) {
        return highest ? Math.max(a, b) : Math.min(a, b);
    }

    /// For each pixel the distance to the nearest whose value is at least the threshold (chamfer distance: steps of 1 and of the square root of 2); a large
    /// number where there is none.
    Plane distances(float threshold) {
        float diagonal = (float) Math.sqrt(2);
        var result = map(value -> value >= threshold ? 0 : 1e6f);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result.relax(y, x, y, x - 1, 1);
                result.relax(y, x, y - 1, x, 1);
                result.relax(y, x, y - 1, x - 1, diagonal);
                result.relax(y, x, y - 1, x + 1, diagonal);
            }
        }
        for (int y = height - 1; y >= 0; y--) {
            for (int x = width - 1; x >= 0; x--) {
                result.relax(y, x, y, x + 1, 1);
                result.relax(y, x, y + 1, x, 1);
                result.relax(y, x, y + 1, x + 1, diagonal);
                result.relax(y, x, y + 1, x - 1, diagonal);
            }
        }
        return result;
    }

    private void relax(int y, int x, int fromY, int fromX, float step) {
        if (fromY >= 0 && fromY < height && fromX >= 0 && fromX < width) {
            values[y * width + x] = Math.min(values[y * width + x], at(fromY, fromX) + step);
        }
    }
}
