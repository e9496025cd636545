package dev.cajal.data.digits;

import java.util.Arrays;

/// A chain of points close to each other, in the order in which a pen passes them.
final class Polyline {
    private double[] xs = new double[64];
    private double[] ys = new double[64];
    private int size;

    /// A change of the plane.
    interface Warp {
        /// The new place of the point `(x, y)`.
        Point apply(double x, double y);
    }

    /// A place.
    record Point(double x, double y) {}

    void add(double x, double y) {
        if (size == xs.length) {
            xs = Arrays.copyOf(xs, 2 * size);
            ys = Arrays.copyOf(ys, 2 * size);
        }
        xs[size] = x;
        ys[size] = y;
        size++;
    }

    int size() {
        return size;
    }

    double x(int i) {
        return xs[i];
    }

    double y(int i) {
        return ys[i];
    }

    /// These points after a change of the plane.
    Polyline warped(Warp warp) {
        var warped = new Polyline();
        for (int i = 0; i < size; i++) {
            var point = warp.apply(xs[i], ys[i]);
            warped.add(point.x(), point.y());
        }
        return warped;
    }
}
