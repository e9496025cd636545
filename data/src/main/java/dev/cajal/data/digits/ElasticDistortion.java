package dev.cajal.data.digits;

/// A smooth random displacement of the plane, after Simard, Steinkraus and Platt, *Best Practices for Convolutional Neural Networks Applied to
/// Visual Document Analysis* (ICDAR 2003): random vectors on a grid, smoothed by a bell-shaped kernel.
///
/// There the grid is that of the pixels and the kernel a Gaussian whose deviation is a fifth of the digit's height. Here the grid is as coarse
/// as such a kernel allows, the kernel a cubic B-spline, and what is displaced are the points of the strokes, not pixels: the ink stays
/// sharp, the pen round, and a hundred points cost less than thousands of pixels.
final class ElasticDistortion implements Polyline.Warp {
    private static final int POINTS = 7;
    /// A cubic B-spline on this grid has a deviation of 20, a fifth of a digit's height.
    private static final double SPACING = 34;
    /// Digits are about 60 wide and 100 high, from the origin on; the grid goes beyond them on all sides.
    private static final double LEFT = 30 - SPACING * (POINTS - 1) / 2;
    private static final double TOP = 50 - SPACING * (POINTS - 1) / 2;

    private final double[] dx = new double[POINTS * POINTS];
    private final double[] dy = new double[POINTS * POINTS];

    /// @param strength the deviation of the random vectors
    ElasticDistortion(double strength, Chance chance) {
        for (int i = 0; i < dx.length; i++) {
            dx[i] = chance.bell(0, strength);
            dy[i] = chance.bell(0, strength);
        }
    }

    @Override
    public Polyline.Point apply(double x, double y) {
        double gx = onGrid((x - LEFT) / SPACING);
        double gy = onGrid((y - TOP) / SPACING);
        int column = (int) gx;
        int row = (int) gy;
        double sumX = 0;
        double sumY = 0;
        for (int r = 0; r < 4; r++) {
            double vertical = kernel(r, gy - row);
            for (int c = 0; c < 4; c++) {
                double weight = vertical * kernel(c, gx - column);
                int at = (row - 1 + r) * POINTS + column - 1 + c;
                sumX += weight * dx[at];
                sumY += weight * dy[at];
            }
        }
        return new Polyline.Point(x + sumX, y + sumY);
    }

    /// Within the grid's points that have two neighbours on either side.
    private static double onGrid(double g) {
        return Math.clamp(g, 1, Math.nextDown(POINTS - 2.0));
    }

    /// The weights of the four nearest grid points in the uniform cubic B-spline, `t` after the second of them.
    private static double kernel(int point, double t) {
        double s = 1 - t;
        return switch (point) {
            case 0 -> s * s * s / 6;
            case 1 -> (3 * t * t * t - 6 * t * t + 4) / 6;
            case 2 -> (3 * s * s * s - 6 * s * s + 4) / 6;
            default -> t * t * t / 6;
        };
    }
}
