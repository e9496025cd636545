package dev.cajal.data.image;

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

    Plane transposed() {
        var result = new Plane(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result.values[x * height + y] = at(y, x);
            }
        }
        return result;
    }

    /// This picture with the order of its rows, of its columns, or of both reversed.
    Plane flipped(boolean rows, boolean columns) {
        var result = new Plane(height, width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result.values[y * width + x] = at(rows ? height - 1 - y : y, columns ? width - 1 - x : x);
            }
        }
        return result;
    }

    /// This picture in a frame of that many empty pixels.
    Plane padded(int margin) {
        var result = new Plane(height + 2 * margin, width + 2 * margin);
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

    private Plane extremesOfRows(int radius, boolean highest) {
        var result = new Plane(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float extreme = at(y, x);
                for (int k = Math.max(0, x - radius); k <= Math.min(width - 1, x + radius); k++) {
                    extreme = highest ? Math.max(extreme, at(y, k)) : Math.min(extreme, at(y, k));
                }
                result.values[x * height + y] = extreme;
            }
        }
        return result;
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
