package dev.cajal.data.digits;

import dev.cajal.data.image.DigitFrame;
import java.util.List;

/// From a digit to its picture: one person's style, points and posture; a pen on paper; a scanner; the frame of MNIST.
final class Handwriting {
    /// The length of the lines that curves are made of; a digit is 100 high.
    private static final double STEP = 4;

    private Handwriting() {}

    /// Draws a digit.
    ///
    /// @return its pixels, `DigitFrame.SIZE` rows and columns
    static byte[] draw(int digit, Chance chance) {
        var paper = new Paper();
        Pen.of(chance).draw(write(Style.of(digit, chance), chance), paper);
        return DigitFrame.normalize(Paper.SIZE, Paper.SIZE, paper.scan(chance));
    }

    private static List<Polyline> write(Style style, Chance chance) {
        double carelessness = chance.between(0.7, 4.2);
        var elastic = new ElasticDistortion(chance.between(3, 14), chance);
        var posture = Posture.of(chance);
        return style.shape(chance).stream()
                .map(stroke -> stroke.jittered(carelessness, chance).flatten(STEP).warped(elastic).warped(posture))
                .toList();
    }
}
