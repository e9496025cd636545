package dev.cajal.data.image;

/// What lies around pieces of ink. Paper is brighter than ink on all sides of a stroke. At the edge of a shadow, only one side is brighter.
final class Surroundings {
    private static final float SHAPE = 0.5f;
    /// A neighbour is brighter if it differs from the ink by at least this share of what the ink differs from the paper.
    private static final double CLEARLY = 0.4;
    /// Of the pixels around a piece of writing at most this share is not brighter.
    private static final double MOST = 0.15;

    private final Plane brightness;
    private final Plane absorption;
    /// The distance to the ink from which on soft edges are over, in pixels.
    private final int near;

    /// @param brightness of the picture, ink dark
    /// @param absorption of the ink, in the same picture
    Surroundings(Plane brightness, Plane absorption) {
        this.brightness = brightness;
        this.absorption = absorption;
        this.near = Math.max(1, Math.max(brightness.height(), brightness.width()) / 100);
    }

    /// Whether what lies around a piece is brighter than the part of the piece that it lies next to, on all sides.
    ///
    /// @param piece the positions of its pixels
    boolean areBrighter(int[] piece) {
        var box = box(piece);
        var shape = new Plane(box.height(), box.width());
        double contrast = 0;
        for (int at : piece) {
            shape.values()[(at / brightness.width() - box.top()) * box.width() + at % brightness.width()
                    - box.left()] = 1;
            contrast += absorption.values()[at];
        }
        contrast /= piece.length;
        var light = box.crop(brightness);
        int reach = 3 * near;
        var weight = shape.blurred(reach);
        var inkNearby = shape.with(light, (covered, value) -> covered * value).blurred(reach)
                .with(weight, (sum, count) -> count > 0 ? sum / count : 0);
        var distances = shape.distances(SHAPE);
        int around = 0;
        int dark = 0;
        for (int i = 0; i < distances.values().length; i++) {
            float distance = distances.values()[i];
            if (distance > near && distance <= reach && weight.values()[i] > 0) {
                around++;
                double difference = light.values()[i] - inkNearby.values()[i];
                dark += difference < CLEARLY * contrast * Math.sqrt(light.values()[i]) ? 1 : 0;
            }
        }
        return dark <= MOST * around;
    }

    /// The part of the picture that has the piece and what lies around it.
    private Bounds box(int[] piece) {
        int margin = 3 * near + 1;
        int top = brightness.height();
        int bottom = 0;
        int left = brightness.width();
        int right = 0;
        for (int at : piece) {
            top = Math.min(top, at / brightness.width());
            bottom = Math.max(bottom, at / brightness.width());
            left = Math.min(left, at % brightness.width());
            right = Math.max(right, at % brightness.width());
        }
        top = Math.max(0, top - margin);
        left = Math.max(0, left - margin);
        bottom = Math.min(brightness.height() - 1, bottom + margin);
        right = Math.min(brightness.width() - 1, right + margin);
        return new Bounds(top, left, bottom - top + 1, right - left + 1);
    }
}
