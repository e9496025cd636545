package dev.cajal.data.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// A photo of a digit, as phones take them: paper that light falls on from one side, a pen, noise, a shadow.
///
/// @param width of the picture
/// @param height of the picture
/// @param size of the digit, relative to the shorter side
/// @param pen width of the line, relative to the digit
/// @param paper how much light it gives back, 0 to 1
/// @param ink how much light it gives back, 0 to 1
/// @param gradient how much the light changes over the picture, relative to its mean
/// @param shadow on it
/// @param noise deviation of a pixel
record Photo(
        int width, int height, double size, double pen, double paper, double ink, double gradient, Shadow shadow,
        double noise) {
    /// A good scan.
    static Photo scan() {
        return new Photo(600, 800, 0.4, 0.1, 0.95, 0.1, 0, Shadow.none(), 0);
    }

    Photo withSize(int width, int height, double size) {
        return new Photo(width, height, size, pen, paper, ink, gradient, shadow, noise);
    }

    Photo withPen(double pen) {
        return new Photo(width, height, size, pen, paper, ink, gradient, shadow, noise);
    }

    Photo withColours(double paper, double ink) {
        return new Photo(width, height, size, pen, paper, ink, gradient, shadow, noise);
    }

    Photo withLight(double gradient, Shadow shadow, double noise) {
        return new Photo(width, height, size, pen, paper, ink, gradient, shadow, noise);
    }

    /// The outline of a digit, in a box of 60 by 100.
    static Path2D digit(int digit) {
        var path = new Path2D.Double();
        switch (digit) {
            case 2 -> {
                path.moveTo(2, 22);
                path.curveTo(8, -8, 58, -6, 50, 34);
                path.curveTo(46, 54, 14, 76, 0, 98);
                path.lineTo(60, 96);
            }
            case 4 -> {
                path.moveTo(8, 0);
                path.lineTo(0, 54);
                path.lineTo(60, 52);
                path.moveTo(46, 4);
                path.lineTo(42, 100);
            }
            case 5 -> {
                path.moveTo(54, 0);
                path.lineTo(12, 2);
                path.lineTo(6, 42);
                path.curveTo(70, 26, 66, 106, 0, 92);
            }
            default -> {
                path.moveTo(30, 0);
                path.curveTo(-10, 4, -10, 96, 30, 100);
                path.curveTo(70, 96, 70, 4, 30, 0);
            }
        }
        return path;
    }

    /// Takes the photo; of empty paper where there is no digit.
    BufferedImage take(Path2D digit, long seed) {
        var random = new SplittableRandom(seed);
        var mask = mask(digit);
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double covered = mask.getRaster().getSample(x, y, 0) / 255.0;
                double light = 0.75 * (1 + gradient * ((double) x / width + 0.5 * y / height - 0.75));
                light *= shadow.light((double) x / width, (double) y / height);
                double value = 255 * light * (paper + covered * (ink - paper)) + noise * gaussian(random);
                int level = (int) Math.clamp(value, 0, 255);
                picture.setRGB(x, y, level << 16 | level << 8 | (int) (0.92 * level));
            }
        }
        return picture;
    }

    private BufferedImage mask(Path2D digit) {
        var mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        var graphics = mask.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        double scale = size * Math.min(width, height) / 100;
        graphics.translate(0.45 * width - 30 * scale, 0.5 * height - 50 * scale);
        graphics.scale(scale, scale);
        graphics.setStroke(new BasicStroke((float) (100 * pen), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(digit);
        graphics.dispose();
        return mask;
    }

    private static double gaussian(SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum - 6;
    }
}
