package dev.cajal.data.image;

import java.util.SplittableRandom;

/// A shadow on a photo.
@FunctionalInterface
interface Shadow {
    /// The share of the light that is left at a place.
    ///
    /// @param x from 0 at the left to 1 at the right
    /// @param y from 0 at the top to 1 at the bottom
    double light(double x, double y);

    /// No shadow.
    static Shadow none() {
        return (_, _) -> 1;
    }

    /// Of something with a straight edge that lies across a part of the picture.
    static Shadow straight() {
        return (x, y) -> x + 0.4 * y > 0.9 ? 0.6 : 1;
    }

    /// Of something with that many straight edges (a phone, a book, its corner), which lie anywhere; a hard shadow or a softer one.
    static Shadow withEdges(int edges, long seed) {
        var random = new SplittableRandom(seed);
        double softness = random.nextBoolean() ? 0.002 : random.nextDouble(0.002, 0.03);
        double left = random.nextDouble(0.35, 0.8);
        double[] directions = random.doubles(edges, 0, 2 * Math.PI).toArray();
        double[] xs = random.doubles(edges, 0.2, 0.8).toArray();
        double[] ys = random.doubles(edges, 0.2, 0.8).toArray();
        return (x, y) -> {
            double depth = Double.POSITIVE_INFINITY;
            for (int i = 0; i < edges; i++) {
                depth = Math.min(depth, (x - xs[i]) * Math.cos(directions[i]) + (y - ys[i]) * Math.sin(directions[i]));
            }
            return 1 - (1 - left) * Math.clamp(depth / softness + 0.5, 0, 1);
        };
    }
}
