package dev.cajal.data.digits;

import java.util.Arrays;

/// One movement of the pen: the points that it passes, smoothly except at corners.
///
/// @param xs to the right
/// @param ys downwards
/// @param corners whether the pen turns sharply at the point
record Stroke(double[] xs, double[] ys, boolean[] corners) {
    /// A stroke from its notation: points `x,y` with blanks between, corners marked by an exclamation mark.
    static Stroke parse(String notation) {
        String[] points = notation.strip().split("\\s+");
        int n = points.length;
        var stroke = new Stroke(new double[n], new double[n], new boolean[n]);
        for (int i = 0; i < n; i++) {
            stroke.corners[i] = points[i].endsWith("!");
            String[] xy = points[i].replace("!", "").split(",");
            stroke.xs[i] = Double.parseDouble(xy[0]);
            stroke.ys[i] = Double.parseDouble(xy[1]);
        }
        return stroke;
    }

    int size() {
        return xs.length;
    }

    /// Whether two strokes pass equally many points, with the same corners, so that shapes between them make sense.
    boolean matches(Stroke other) {
        return Arrays.equals(corners, other.corners);
    }

    /// The shape between this one (share 0) and another (share 1); beyond these bounds the difference is exaggerated.
    Stroke towards(Stroke other, double share) {
        var between = new Stroke(new double[size()], new double[size()], corners);
        for (int i = 0; i < size(); i++) {
            between.xs[i] = xs[i] + share * (other.xs[i] - xs[i]);
            between.ys[i] = ys[i] + share * (other.ys[i] - ys[i]);
        }
        return between;
    }

    /// This stroke, moved as a whole and at each point by bell-shaped chances of the given deviation.
    Stroke jittered(double deviation, Chance chance) {
        var jittered = new Stroke(new double[size()], new double[size()], corners);
        double dx = chance.bell(0, deviation);
        double dy = chance.bell(0, deviation);
        for (int i = 0; i < size(); i++) {
            jittered.xs[i] = xs[i] + dx + chance.bell(0, deviation);
            jittered.ys[i] = ys[i] + dy + chance.bell(0, deviation);
        }
        return jittered;
    }

    /// The stroke as a chain of short lines: a centripetal Catmull-Rom spline through the points, which makes neither cusps nor loops of its
    /// own (Yuksel, Schaefer and Keyser, *Parameterization and applications of Catmull-Rom curves*, 2011), interrupted at corners.
    ///
    /// @param step the length of a line, about
    Polyline flatten(double step) {
        var line = new Polyline();
        line.add(xs[0], ys[0]);
        for (int i = 0; i + 1 < size(); i++) {
            boolean starts = i == 0 || corners[i];
            boolean ends = i + 2 == size() || corners[i + 1];
            span(line, starts ? i : i - 1, i, i + 1, ends ? i + 1 : i + 2, step);
        }
        return line;
    }

    /// The part of the curve between the points `b` and `c`; the neighbours `a` and `d` equal these where the curve starts or ends.
    private void span(Polyline line, int a, int b, int c, int d, double step) {
        double tb = interval(a, b);
        double tc = tb + interval(b, c);
        double td = tc + interval(c, d);
        // A curve is a little longer than its chord.
        int lines = (int) Math.ceil(distance(b, c) * 1.1 / step);
        for (int k = 1; k <= lines; k++) {
            double t = tb + (tc - tb) * k / lines;
            line.add(pyramid(xs, a, b, c, d, tb, tc, td, t), pyramid(ys, a, b, c, d, tb, tc, td, t));
        }
    }

    /// Barry and Goldman's pyramid of linear interpolations, where the first point has the parameter 0.
    private static double pyramid(
            double[] p, int a, int b, int c, int d, double tb, double tc, double td, double t) {
        double bc = between(p[b], p[c], tb, tc, t);
        double abc = a == b ? bc : between(between(p[a], p[b], 0, tb, t), bc, 0, tc, t);
        double bcd = c == d ? bc : between(bc, between(p[c], p[d], tc, td, t), tb, td, t);
        return between(abc, bcd, tb, tc, t);
    }

    private static double between(double from, double to, double tFrom, double tTo, double t) {
        return from + (to - from) * (t - tFrom) / (tTo - tFrom);
    }

    /// How far the parameter goes from one point to the next: centripetal, the square root of their distance.
    private double interval(int i, int j) {
        return Math.sqrt(distance(i, j));
    }

    private double distance(int i, int j) {
        double dx = xs[j] - xs[i];
        double dy = ys[j] - ys[i];
        return Math.sqrt(dx * dx + dy * dy);
    }
}
