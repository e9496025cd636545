package dev.cajal.data.generator;

import dev.cajal.data.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Classes of points in the plane that a picture of a network's decisions shows best, and a line with noise.
///
/// ```java
/// var moons = Points.moons(500, 0.1, 1);
/// var examples = Examples.of(moons, LabeledPoint::point, LabeledPoint::label);
/// ```
///
/// Each set is made from a seed: the same seed makes the same points. Noise is the deviation of the normal distribution that is added to both coordinates.
/// Classes come in turn, so that any stretch of examples has about as many of each.
public final class Points {
    private Points() {}

    /// A point and its class.
    ///
    /// @param point where it is
    /// @param label the number of its class
    public record LabeledPoint(Point point, int label) {}

    /// A number and what belongs to it.
    ///
    /// @param x the number
    /// @param y what belongs to it
    public record Pair(double x, double y) {}

    /// Two half circles of radius 1 that reach into each other: a straight line does not part them.
    ///
    /// Class 0: `(cos t, sin t)`; class 1: `(1 - cos t, 0.5 - sin t)`, with t from 0 to π.
    ///
    /// @param count of points
    /// @param noise deviation of each coordinate
    /// @throws DataException if count or noise is negative
    public static List<LabeledPoint> moons(int count, double noise, long seed) {
        return draw(count, noise, seed, 2, (label, random) -> {
            double t = random.nextDouble() * Math.PI;
            return label == 0
                    ? new Point(StrictMath.cos(t), StrictMath.sin(t))
                    : new Point(1 - StrictMath.cos(t), 0.5 - StrictMath.sin(t));
        });
    }

    /// A circle of radius 1 around one of radius 1/2: class 0 outside, class 1 inside.
    ///
    /// @param count of points
    /// @param noise deviation of each coordinate
    /// @throws DataException if count or noise is negative
    public static List<LabeledPoint> circles(int count, double noise, long seed) {
        return draw(count, noise, seed, 2,
                (label, random) -> polar(label == 0 ? 1 : 0.5, random.nextDouble() * 2 * Math.PI));
    }

    /// Arms that turn around each other one and a half times, the radius growing from 0 to 1 along each (Lang and Witbrock, *Learning to tell
    /// two spirals apart*, 1988).
    ///
    /// @param count of points
    /// @param arms the number of arms, each a class
    /// @param noise deviation of each coordinate
    /// @throws DataException if count or noise is negative, or there is no arm
    public static List<LabeledPoint> spirals(int count, int arms, double noise, long seed) {
        return draw(count, noise, seed, arms, (label, random) -> {
            // The square root spreads the points evenly along the arm, which grows longer outwards.
            double along = Math.sqrt(random.nextDouble());
            return polar(along, 3 * Math.PI * along + 2 * Math.PI * label / arms);
        });
    }

    /// Clouds around centres that stand evenly on a circle of radius 1, each a class.
    ///
    /// @param count of points
    /// @param classes the number of clouds
    /// @param noise deviation of each coordinate in a cloud
    /// @throws DataException if count or noise is negative, or there is no class
    public static List<LabeledPoint> blobs(int count, int classes, double noise, long seed) {
        return draw(count, noise, seed, classes, (label, _) -> polar(1, 2 * Math.PI * label / classes));
    }

    /// The four corners (-1 or 1, -1 or 1): class 1 where the signs differ, class 0 where they are the same. What a single neuron cannot learn (Minsky
    /// and Papert, *Perceptrons*, 1969).
    ///
    /// @param count of points
    /// @param noise deviation of each coordinate
    /// @throws DataException if count or noise is negative
    public static List<LabeledPoint> xor(int count, double noise, long seed) {
        return draw(count, noise, seed, 2, (label, random) -> {
            double x = random.nextBoolean() ? 1 : -1;
            return new Point(x, label == 0 ? x : -x);
        });
    }

    /// Pairs on the line `y = slope * x + intercept`, with x evenly from -1 to 1.
    ///
    /// @param count of pairs
    /// @param slope of the line
    /// @param intercept where the line crosses the y axis
    /// @param noise deviation of y
    /// @throws DataException if count or noise is negative
    public static List<Pair> linear(int count, double slope, double intercept, double noise, long seed) {
        require(count, noise, 1);
        var random = new SplittableRandom(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble(-1, 1);
            pairs.add(new Pair(x, slope * x + intercept + noise * gaussian(random)));
        }
        return List.copyOf(pairs);
    }

    private interface Sampler {
        Point draw(int label, SplittableRandom random);
    }

    private static List<LabeledPoint> draw(int count, double noise, long seed, int classes, Sampler sampler) {
        require(count, noise, classes);
        var random = new SplittableRandom(seed);
        List<LabeledPoint> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % classes;
            var point = sampler.draw(label, random);
            points.add(new LabeledPoint(
                    new Point(point.x() + noise * gaussian(random), point.y() + noise * gaussian(random)), label));
        }
        return List.copyOf(points);
    }

    private static void require(int count, double noise, int classes) {
        if (count < 0 || !(noise >= 0) || classes < 1) {
            throw new DataException("points.arguments", null,
                    "Points need a count and a noise of at least 0 and at least one class, but got %s, %s and %s.",
                    count, noise,
                    classes);
        }
    }

    private static Point polar(double radius, double angle) {
        return new Point(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle));
    }

    /// By the polar method of Marsaglia, in StrictMath: the same on every machine.
    private static double gaussian(SplittableRandom random) {
        double u;
        double s;
        do {
            u = random.nextDouble(-1, 1);
            double v = random.nextDouble(-1, 1);
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    }
}
