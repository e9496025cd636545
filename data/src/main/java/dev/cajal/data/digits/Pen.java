package dev.cajal.data.digits;

import java.util.List;

/// A round pen whose line changes its width with the pressure.
///
/// @param radius half of the line's width at usual pressure, relative to the longer side of what is written
/// @param unsteadiness the deviation of the pressure
/// @param chance of the pressure
record Pen(double radius, double unsteadiness, Chance chance) {
    /// Half of the width that a line keeps at the least pressure, in pixels of the paper.
    private static final double THINNEST = 0.7;

    static Pen of(Chance chance) {
        double radius = Math.clamp(0.065 * StrictMath.exp(chance.bell(0, 0.28)), 0.0225, 0.12);
        return new Pen(radius, chance.between(0, 0.25), chance);
    }

    /// Draws lines on paper, moved and scaled so that the ink just fills it.
    void draw(List<Polyline> lines, Paper paper) {
        var bounds = Bounds.of(lines);
        double r = radius * Paper.WRITABLE;
        double scale = (Paper.WRITABLE - 2 * r) / bounds.longerSide();
        Polyline.Warp fit = (x, y) -> new Polyline.Point(
                (x - bounds.centreX()) * scale + Paper.SIZE / 2.0, (y - bounds.centreY()) * scale + Paper.SIZE / 2.0);
        for (Polyline line : lines) {
            draw(line.warped(fit), r, paper);
        }
    }

    /// The width follows a curve from the pressure at the start over that in the middle to that at the end (a quadratic Bézier curve).
    private void draw(Polyline line, double r, Paper paper) {
        double start = pressure();
        double middle = pressure();
        double end = pressure();
        for (int i = 0; i + 1 < line.size(); i++) {
            double t = (i + 0.5) / (line.size() - 1);
            double s = 1 - t;
            double width = s * s * start + 2 * s * t * middle + t * t * end;
            paper.line(line.x(i), line.y(i), line.x(i + 1), line.y(i + 1), Math.max(THINNEST, r * width));
        }
    }

    private double pressure() {
        return chance.bell(1, unsteadiness);
    }

    private record Bounds(double left, double top, double right, double bottom) {
        static Bounds of(List<Polyline> lines) {
            double left = Double.POSITIVE_INFINITY;
            double top = Double.POSITIVE_INFINITY;
            double right = Double.NEGATIVE_INFINITY;
            double bottom = Double.NEGATIVE_INFINITY;
            for (Polyline line : lines) {
                for (int i = 0; i < line.size(); i++) {
                    left = Math.min(left, line.x(i));
                    right = Math.max(right, line.x(i));
                    top = Math.min(top, line.y(i));
                    bottom = Math.max(bottom, line.y(i));
                }
            }
            return new Bounds(left, top, right, bottom);
        }

        double longerSide() {
            return Math.max(right - left, bottom - top);
        }

        double centreX() {
            return (left + right) / 2;
        }

        double centreY() {
            return (top + bottom) / 2;
        }
    }
}
