package dev.cajal.tensor;

import dev.cajal.ir.Ops;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.List;

/// Which axes a reduction runs over, and whether they stay as dimensions of length 1.
///
/// `x.mean(Axes.of(-1).kept())` has the rank of `x`, so that `x.minus(x.mean(Axes.of(-1).kept()))` broadcasts.
///
/// @param positions axes, negative ones counted from the end; empty means all
/// @param keep whether a reduced axis stays with length 1
public record Axes(List<Integer> positions, boolean keep) {
    /// Every axis; none stays.
    public static final Axes ALL = new Axes(List.of(), false);

    public Axes {
        positions = List.copyOf(positions);
    }

    /// The given axes, or all if none is given; none stays.
    public static Axes of(int... positions) {
        return new Axes(Arrays.stream(positions).boxed().toList(), false);
    }

    /// The same axes, staying with length 1.
    public Axes kept() {
        return new Axes(positions, true);
    }

    /// The axes as non-negative positions in ascending order.
    List<Integer> in(Shape shape) {
        if (positions.isEmpty()) {
            return Ops.axes(shape.rank());
        }
        return positions.stream().map(shape::axis).distinct().sorted().toList();
    }

    /// How many elements are combined into one.
    long count(Shape shape) {
        return in(shape).stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
    }
}
