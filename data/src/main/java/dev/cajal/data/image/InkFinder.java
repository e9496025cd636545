package dev.cajal.data.image;

import dev.cajal.data.DataException;

/// Finds the ink in a photo or scan: pen on paper or chalk on a board, with light that need not be even.
final class InkFinder {
    /// Pictures are looked at in this size; details of handwriting are larger than a pixel of it.
    static final int SIDE = 400;

    /// Ink absorbs at least this share of the light that the paper gives back.
    private static final double FAINTEST = 0.1;
    /// And it differs from the paper by this many deviations of the paper.
    private static final double CLEAREST_NOISE = 3.3;

    private static final int LEVELS = 256;

    private InkFinder() {}

    /// The ink, from 0 for paper to 1 for ink.
    ///
    /// @param brightness from 0 for black to 1 for white
    /// @throws DataException if there is none
    static Plane find(Plane brightness) {
        var picture = brightness.fitted(SIDE);
        if (Math.max(picture.height(), picture.width()) >= SIDE / 2) {
            picture = picture.blurred(1);
        }
        var dark = isInkDark(picture) ? picture : picture.map(value -> 1 - value);
        var absorption = absorption(dark);
        return Components.writing(separated(absorption), new Surroundings(dark, absorption));
    }

    /// Whether the ink is darker than the paper. Ink is the smaller part of a picture. So around the average of its surroundings, which takes the
    /// light with it, the brightness is skewed towards the ink.
    private static boolean isInkDark(Plane picture) {
        int radius = Math.max(2, Math.max(picture.height(), picture.width()) / 8);
        var surroundings = picture.blurred(radius);
        double skew = 0;
        for (int i = 0; i < picture.values().length; i++) {
            double difference = picture.values()[i] - surroundings.values()[i];
            skew += difference * difference * difference;
        }
        return skew <= 0;
    }

    /// How much light each place takes from what the paper would give back: the paper is what is left when everything dark and narrow is closed.
    /// Relative to the square root of the light, since both ink and the noise of a camera are weaker in the shade.
    private static Plane absorption(Plane dark) {
        int radius = Math.max(2, (int) Math.round(0.15 * Math.min(dark.height(), dark.width())));
        return dark.with(dark.closed(radius),
                (value, paper) -> paper <= 0 ? 0 : (float) Math.clamp((paper - value) / Math.sqrt(paper), 0, 1));
    }

    /// Ink and paper set apart: the ink at full strength, the paper blank, the edge between them soft.
    private static Plane separated(Plane absorption) {
        double threshold = otsu(absorption);
        var paper = Moments.of(absorption, 0, threshold);
        var ink = Moments.of(absorption, threshold, 2);
        double contrast = ink.mean() - paper.mean();
        if (!(contrast >= FAINTEST && contrast >= CLEAREST_NOISE * paper.deviation())) {
            throw blank();
        }
        double full = threshold + 0.8 * (ink.mean() - threshold);
        double none = 2 * threshold - full;
        return absorption.map(value -> (float) Math.clamp((value - none) / (full - none), 0, 1));
    }

    static DataException blank() {
        return new DataException(
                "picture.blank",
                null,
                "No digit was found: nothing in the picture stands out clearly as writing. Write with a thick dark pen on light paper, and take the picture "
                        + "from near, in even light, with some paper on all sides.");
    }

    /// The threshold that makes the two classes differ most: Otsu, *A Threshold Selection Method from Gray-Level Histograms* (1979).
    private static double otsu(Plane plane) {
        long[] histogram = new long[LEVELS];
        for (float value : plane.values()) {
            histogram[level(value)]++;
        }
        double total = 0;
        for (int i = 0; i < LEVELS; i++) {
            total += (double) i * histogram[i];
        }
        long count = plane.values().length;
        double best = -1;
        int threshold = 0;
        long below = 0;
        double sum = 0;
        for (int i = 0; i < LEVELS - 1; i++) {
            below += histogram[i];
            sum += (double) i * histogram[i];
            double difference = sum / below - (total - sum) / (count - below);
            double between = (double) below * (count - below) * difference * difference;
            if (below > 0 && below < count && between > best) {
                best = between;
                threshold = i;
            }
        }
        return (threshold + 1.0) / LEVELS;
    }

    private static int level(float value) {
        return Math.clamp((int) (value * LEVELS), 0, LEVELS - 1);
    }

    private record Moments(double mean, double deviation) {
        /// Of the values from one bound (inclusive) to another.
        static Moments of(Plane plane, double from, double to) {
            double sum = 0;
            double squares = 0;
            long count = 0;
            for (float value : plane.values()) {
                if (value >= from && value < to) {
                    sum += value;
                    squares += (double) value * value;
                    count++;
                }
            }
            double mean = sum / count;
            return new Moments(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
        }
    }
}
