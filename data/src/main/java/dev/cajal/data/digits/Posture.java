package dev.cajal.data.digits;

/// The proportions of one person's digit and how it stands: smooth changes of the whole shape.
///
/// @param width relative to the usual one
/// @param taper how much wider the top is than the bottom, relative to the width
/// @param drop how far the middle moves down: the upper half grows, the lower shrinks
/// @param bend how far the middle moves to the right
/// @param slant how far the top leans to the right, relative to the height
/// @param rotation clockwise, in radians
record Posture(double width, double taper, double drop, double bend, double slant, double rotation)
        implements Polyline.Warp {
    static Posture of(Chance chance) {
        return new Posture(
                StrictMath.exp(chance.bell(0.1, 0.27)),
                chance.bell(0, 0.18),
                chance.bell(0, 11),
                chance.bell(0, 5),
                chance.bell(0.12, 0.22),
                chance.bell(0, 0.1));
    }

    @Override
    public Polyline.Point apply(double x, double y) {
        double v = y / 100;
        // 0 at top and bottom, 1 in the middle
        double arch = 4 * v * (1 - v);
        double dx = (x - 30) * width * (1 + taper * (1 - 2 * v)) + bend * arch;
        double dy = y - 50 + drop * arch;
        dx -= slant * dy;
        double cos = StrictMath.cos(rotation);
        double sin = StrictMath.sin(rotation);
        return new Polyline.Point(cos * dx - sin * dy, sin * dx + cos * dy);
    }
}
