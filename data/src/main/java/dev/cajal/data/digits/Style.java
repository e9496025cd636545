package dev.cajal.data.digits;

import java.util.Arrays;
import java.util.List;

/// A way to write a digit: key shapes made of the same strokes. What a hand writes lies somewhere between two of them.
///
/// @param share how often people write the digit this way, relative to its other styles
/// @param shapes the key shapes, each a list of strokes
record Style(double share, List<List<Stroke>> shapes) {
    Style {
        var first = shapes.getFirst();
        for (var shape : shapes) {
            boolean same = shape.size() == first.size();
            for (int i = 0; same && i < first.size(); i++) {
                same = shape.get(i).matches(first.get(i));
            }
            if (!same) {
                throw new IllegalArgumentException(
                        "Key shape " + (shapes.indexOf(shape) + 1)
                                + " differs from the first in strokes, points or corners.");
            }
        }
    }

    /// A style from its notation: strokes with a slash between, each as in [Stroke#parse].
    static Style of(double share, String... keyShapes) {
        return new Style(share, Arrays.stream(keyShapes)
                .map(shape -> Arrays.stream(shape.split("/")).map(Stroke::parse).toList())
                .toList());
    }

    /// One of the styles of a digit, by their shares.
    static Style of(int digit, Chance chance) {
        var styles = Styles.of(digit);
        double rest = chance.between(0, styles.stream().mapToDouble(Style::share).sum());
        for (Style style : styles) {
            rest -= style.share();
            if (rest < 0) {
                return style;
            }
        }
        return styles.getLast();
    }

    /// A shape between two key shapes.
    List<Stroke> shape(Chance chance) {
        int from = chance.below(shapes.size());
        int to = chance.below(shapes.size());
        double share = chance.between(-0.1, 0.6);
        var near = shapes.get(from);
        var far = shapes.get(to);
        return java.util.stream.IntStream.range(0, near.size())
                .mapToObj(i -> near.get(i).towards(far.get(i), share))
                .toList();
    }
}
