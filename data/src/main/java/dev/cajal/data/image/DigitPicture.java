package dev.cajal.data.image;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import java.nio.file.Path;

/// A person's own digit, photographed, scanned or painted, as a picture that a network trained on Digits or MNIST can read.
///
/// The picture may have any size and be a PNG, JPEG, GIF, BMP or TIFF; dark ink on light paper or the reverse; light from one side, shadows, specks, a
/// thin pen, and a phone that was held sideways are dealt with: brightness, the paper without the ink (a morphological closing), the share of
/// light that the ink takes, a threshold (Otsu's), the pieces of ink that are not dirt, a stroke as wide as a pen of MNIST's writers, and
/// MNIST's [frame][DigitFrame]. What is not dealt with: several digits, ruled paper whose lines touch the digit, colour without contrast in brightness.
public final class DigitPicture {
    /// A stroke as wide as this share of the digit's longer side is as wide as in MNIST; thinner ones are thickened.
    private static final double STROKE = 0.1;

    private DigitPicture() {}

    /// Reads a digit from a file.
    ///
    /// @return 28 x 28 pixels, white on black
    /// @throws DataException if the file cannot be read, or no writing is found in it
    public static Image read(Path file) {
        var brightness = PictureFile.read(file, InkFinder.SIDE);
        try {
            return of(brightness);
        } catch (DataException blank) {
            throw new DataException(blank.code(), Place.of(file), blank, "%s", String.valueOf(blank.getMessage()));
        }
    }

    /// Finds a digit in a picture.
    ///
    /// @return 28 x 28 pixels, white on black
    /// @throws DataException if no writing is found
    public static Image of(Image picture) {
        var brightness = new Plane(picture.height(), picture.width());
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int sum = 0;
                for (int c = 0; c < picture.channels(); c++) {
                    sum += picture.get(y, x, c);
                }
                brightness.values()[y * picture.width() + x] = sum / (255f * picture.channels());
            }
        }
        return of(brightness);
    }

    private static Image of(Plane brightness) {
        var ink = InkFinder.find(brightness);
        var digit = thickened(Bounds.of(ink).crop(ink));
        byte[] frame = DigitFrame.normalize(digit.height(), digit.width(), digit.values());
        return Image.of(DigitFrame.SIZE, DigitFrame.SIZE, 1, frame);
    }

    /// Draws thin strokes again with a thicker pen. In a stroke of width w, the distance to the paper goes from 0 to w/2 and back: w/4 on average.
    private static Plane thickened(Plane ink) {
        var toPaper = ink.padded(1).map(value -> 1 - value).distances(0.5f);
        double sum = 0;
        int count = 0;
        for (float distance : toPaper.values()) {
            if (distance > 0) {
                // pixels at the edge have distance 1, but their centres lie half a pixel inside
                sum += distance - 0.5;
                count++;
            }
        }
        double width = 4 * sum / count;
        double missing = STROKE * Math.max(ink.height(), ink.width()) - width;
        if (missing <= 0) {
            return ink;
        }
        double radius = missing / 2;
        return ink.padded((int) Math.ceil(radius) + 1)
                .distances(0.5f)
                .map(distance -> (float) Math.clamp(radius + 0.5 - distance, 0, 1));
    }
}
