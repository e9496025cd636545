package dev.cajal.data.image;

/// Of how many pixels of a row, and of how many rows, one is taken while a picture is read.
@FunctionalInterface
interface Thinning {
    /// How much larger than it is needed a picture stays that is made smaller while it is read: then nobody sees that it was.
    int SPARE = 2;
    /// Pictures of more pixels are thinned out where only a small picture is needed. A constant, so that a picture becomes the same on all machines...
    long LARGE = 50_000_000;
    /// ...to at most so many.
    long LEFT = 12_000_000;

    /// At least 1, with which all are taken.
    int of(int width, int height);

    /// The whole picture.
    static Thinning none() {
        return (_, _) -> 1;
    }

    /// A picture whose longer side is at most twice this, or less than twice that.
    static Thinning to(int longerSide) {
        return (width, height) -> Math.max(1, Math.max(width, height) / (SPARE * longerSide));
    }

    /// What is needed to make a picture of so many rows and columns: all, unless there are more than fifty million pixels.
    static Thinning covering(int rows, int columns) {
        return (width, height) -> {
            long pixels = (long) width * height;
            int most = Math.min(height / (SPARE * rows), width / (SPARE * columns));
            int wanted = pixels > LARGE ? (int) Math.ceil(Math.sqrt((double) pixels / LEFT)) : 1;
            return Math.max(1, Math.min(most, wanted));
        };
    }
}
