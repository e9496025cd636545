package dev.cajal.data.image;

import dev.cajal.data.DataException;

/// The frame that MNIST's digits stand in (LeCun, Bottou, Bengio and Haffner, *Gradient-based learning applied to document recognition*, 1998):
/// scaled to fit a box of 20 by 20 pixels with their proportions kept, by averaging areas, and placed in 28 by 28 pixels so that the centre
/// of mass of the ink is in the centre, by whole pixels. The centre is the middle of pixel (14, 14), counted from 0: half a pixel below and right
/// of the middle of the frame. To a network without convolutions that half pixel is a percent of its accuracy.
public final class DigitFrame {
    /// Width and height of the frame.
    public static final int SIZE = 28;

    private static final int BOX = 20;
    private static final int CENTRE = 14;
    /// The brightness that the border of a framed picture stays below, on average; the tip of a stroke may touch it.
    private static final double BLACK = 0.1;

    private DigitFrame() {}

    /// Frames a digit.
    ///
    /// @param ink row by row from the top, from 0 for paper to 1 for ink; what is less than half covered is not part of the shape
    /// @return [#SIZE] rows of [#SIZE] pixels, 0 for paper to 255 for ink
    /// @throws DataException if there is no ink
    public static byte[] normalize(int height, int width, float[] ink) {
        var plane = new Plane(height, width, ink);
        var bounds = Bounds.of(plane).orElseThrow(() -> new DataException(
                "image.blank", null, "There is no ink in a picture of %s x %s pixels.", height, width));
        double scale = (double) bounds.longerSide() / BOX;
        return centred(bounds.crop(plane)
                .resized(shrunk(bounds.height(), scale), shrunk(bounds.width(), scale)));
    }

    /// Whether a picture is in the frame already: it has its size, there is something in it, and its border is black.
    static boolean isFramed(Plane picture) {
        if (picture.height() != SIZE || picture.width() != SIZE) {
            return false;
        }
        double border = 0;
        for (int i = 0; i < SIZE; i++) {
            border += picture.at(0, i) + picture.at(SIZE - 1, i) + picture.at(i, 0) + picture.at(i, SIZE - 1);
        }
        return border / (4 * SIZE) < BLACK && Bounds.of(picture).isPresent();
    }

    private static int shrunk(int side, double scale) {
        return Math.clamp(Math.round(side / scale), 1, BOX);
    }

    private static byte[] centred(Plane box) {
        double mass = 0;
        double momentX = 0;
        double momentY = 0;
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                double ink = box.at(y, x);
                mass += ink;
                momentX += ink * x;
                momentY += ink * y;
            }
        }
        int left = Math.clamp(Math.round(CENTRE - momentX / mass), 0, SIZE - box.width());
        int top = Math.clamp(Math.round(CENTRE - momentY / mass), 0, SIZE - box.height());
        byte[] frame = new byte[SIZE * SIZE];
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                frame[(top + y) * SIZE + left + x] = (byte) Math.round(255 * Math.clamp(box.at(y, x), 0f, 1f));
            }
        }
        return frame;
    }
}
