package dev.cajal.data.image;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import java.nio.file.Path;

/// A person's own digit, photographed, scanned or painted, as a picture that a network trained on Digits or MNIST can read.
///
/// The picture may have any size and be a PNG, JPEG, GIF, BMP, TIFF or WebP; dark ink on light paper or the reverse; light from one side, shadows, specks, a
/// thin pen, and a phone that was held sideways are dealt with: brightness, the paper without the ink (a morphological closing), the share of
/// light that the ink takes, a threshold (Otsu's), the pieces of ink that are not dirt, a stroke as wide as a pen of MNIST's writers, and
/// MNIST's [frame][DigitFrame]. A picture that is in that frame already, light on black, is taken as it is. What is not dealt with: several digits, ruled paper whose lines touch the digit, the shadow of a finger or a pen
/// across it, colour without contrast in brightness.
public final class DigitPicture {
    /// A stroke as wide as this share of the digit's longer side is as wide as in MNIST; thinner ones are thickened.
    private static final double STROKE = 0.1;

    /// A digit takes at least this share of the picture's longer side; what is smaller is a speck of dust.
    private static final double SMALLEST = 0.04;

    private DigitPicture() {}

    /// Reads a digit from a file.
    ///
    /// @return 28 x 28 pixels, white on black
    /// @throws DataException if the file cannot be read, or no writing is found in it
    public static Image read(Path file) {
        var brightness = PictureFile.brightness(file, InkFinder.SIDE);
        try {
            return of(brightness);
        } catch (DataException blank) {
            throw blank.at(Place.of(file));
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
        if (DigitFrame.isFramed(brightness)) {
            return Image.of(DigitFrame.SIZE, DigitFrame.SIZE, 1, brightness.toBytes());
        }
        var ink = InkFinder.find(brightness);
        var bounds = Bounds.of(ink).orElseThrow(InkFinder::blank);
        if (bounds.longerSide() < SMALLEST * Math.max(ink.height(), ink.width())) {
            throw InkFinder.blank();
        }
        var digit = thickened(bounds.crop(ink));
        byte[] frame = DigitFrame.normalize(digit.height(), digit.width(), digit.values());
        return Image.of(DigitFrame.SIZE, DigitFrame.SIZE, 1, frame);
    }

    /// Draws thin strokes again with a thicker pen.
    private static Plane thickened(Plane ink) {
        var toPaper = ink.padded(1).map(value -> 1 - value).distances(0.5f);
        double sum = 0;
        int count = 0;
        for (float distance : toPaper.values()) {
            if (distance > 0) {
                sum += distance;
                count++;
            }
        }
        double width = Components.strokeWidth(sum, count);
        double missing = STROKE * Math.max(ink.height(), ink.width()) - width;
        if (missing <= 0) {
            return ink;
        }
        double radius = missing / 2;
        return ink.padded((int) Math.ceil(radius) + 1)
                .distances(0.5f)
                .map(distance -> (float) Math.clamp(radius + 1 - distance, 0, 1));
    }
}
