package dev.cajal.data.image;

import java.util.Optional;

/// The smallest rectangle around the ink.
record Bounds(int top, int left, int height, int width) {
    private static final float SHAPE = 0.5f;

    /// @param ink from 0 for paper to 1 for ink; a pixel counts from one half
    /// @return empty if there is no ink
    static Optional<Bounds> of(Plane ink) {
        int left = ink.width();
        int right = -1;
        int top = ink.height();
        int bottom = -1;
        for (int y = 0; y < ink.height(); y++) {
            for (int x = 0; x < ink.width(); x++) {
                if (ink.at(y, x) >= SHAPE) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        return right < 0
                ? Optional.empty()
                : Optional.of(new Bounds(top, left, bottom - top + 1, right - left + 1));
    }

    Plane crop(Plane plane) {
        return plane.crop(top, left, height, width);
    }

    int longerSide() {
        return Math.max(height, width);
    }
}
