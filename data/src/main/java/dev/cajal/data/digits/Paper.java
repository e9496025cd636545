package dev.cajal.data.digits;

import java.util.Arrays;

/// A small sheet, twice as fine as the final picture. For each pixel it keeps how deep inside the ink its centre lies, in pixels, negative
/// outside: so the edge of the ink can be anti-aliased, made rough or moved when the sheet is scanned.
///
/// An own rasteriser of forty lines, and not Java2D's, because its bytes are the same on every machine, because the width of a line changes along
/// it, and because nothing has to be loaded for it.
final class Paper {
    /// Width and height.
    static final int SIZE = 56;
    /// Width and height of what may be written on.
    static final double WRITABLE = 40;

    /// Deeper outside than any roughness reaches.
    private static final float DRY = -2;

    private final float[] depths = new float[SIZE * SIZE];

    Paper() {
        Arrays.fill(depths, DRY);
    }

    /// A line with round ends.
    void line(double x1, double y1, double x2, double y2, double radius) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double squaredLength = dx * dx + dy * dy;
        double reach = radius - DRY;
        int left = Math.max(0, (int) (Math.min(x1, x2) - reach));
        int right = Math.min(SIZE - 1, (int) (Math.max(x1, x2) + reach));
        int top = Math.max(0, (int) (Math.min(y1, y2) - reach));
        int bottom = Math.min(SIZE - 1, (int) (Math.max(y1, y2) + reach));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double px = x + 0.5 - x1;
                double py = y + 0.5 - y1;
                double t = squaredLength == 0 ? 0 : Math.clamp((px * dx + py * dy) / squaredLength, 0, 1);
                double ex = px - t * dx;
                double ey = py - t * dy;
                double squaredDistance = ex * ex + ey * ey;
                if (squaredDistance < reach * reach) {
                    float depth = (float) (radius - Math.sqrt(squaredDistance));
                    int at = y * SIZE + x;
                    depths[at] = Math.max(depths[at], depth);
                }
            }
        }
    }

    /// What a scanner sees, from 0 for paper to 1 for ink: edges somewhat rough, the ink a little thinner or thicker than it was, now and then a pen
    /// that was running dry.
    float[] scan(Chance chance) {
        double roughness = chance.between(0, 0.4);
        double swelling = chance.bell(0, 0.15);
        double dryness = chance.happens(0.06) ? chance.between(0.3, 0.9) : 0;
        float[] ink = new float[SIZE * SIZE];
        for (int i = 0; i < ink.length; i++) {
            if (depths[i] > DRY) {
                double depth = depths[i] + swelling + roughness * chance.between(-1, 1);
                if (dryness > 0) {
                    depth -= dryness * chance.between(0, 2) * chance.between(0, 1.5);
                }
                ink[i] = (float) Math.clamp(depth + 0.5, 0, 1);
            }
        }
        return ink;
    }
}
