package dev.cajal.cpu.whole;

import java.util.ArrayList;
import java.util.List;

/// Where in a tensor the point of a number lies, for points numbered in row-major order.
final class Grid {
    private final int[] dims;
    private final long[] steps;

    private record Axis(int length, long step) {}

    private Grid(int[] dims, long[] steps) {
        this.dims = dims;
        this.steps = steps;
    }

    /// @param dims lengths, outermost first
    /// @param steps how far apart two neighbours along each dimension are
    static Grid of(int[] dims, long[] steps) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == 1) {
                continue;
            }
            Axis outer = axes.isEmpty() ? null : axes.getLast();
            if (outer != null && outer.step == steps[i] * dims[i]
                    && (long) outer.length * dims[i] <= Integer.MAX_VALUE) {
                axes.set(axes.size() - 1, new Axis(outer.length * dims[i], steps[i]));
            } else {
                axes.add(new Axis(dims[i], steps[i]));
            }
        }
        return new Grid(axes.stream().mapToInt(Axis::length).toArray(), axes.stream().mapToLong(Axis::step).toArray());
    }

    /// The position of a point.
    long at(long point) {
        if (dims.length == 1) {
            return point * steps[0];
        }
        long position = 0;
        long rest = point;
        for (int i = dims.length - 1; i >= 0; i--) {
            position += rest % dims[i] * steps[i];
            rest /= dims[i];
        }
        return position;
    }
}
