package dev.cajal.reference;

import dev.cajal.type.Shape;
import java.util.List;
import java.util.stream.IntStream;

/// Positions of elements in a dense tensor, for all indices of a shape in row-major order.
final class Positions {
    private Positions() {}

    /// `start + index[0] * strides[0] + index[1] * strides[1] + ...` for all indices.
    static int[] of(Shape shape, long[] strides, long start) {
        int[] positions = new int[Math.toIntExact(shape.size())];
        int[] index = new int[shape.rank()];
        long position = start;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (int) position;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                position += strides[axis];
                if (++index[axis] < shape.dim(axis)) {
                    break;
                }
                position -= strides[axis] * shape.dim(axis);
                index[axis] = 0;
            }
        }
        return positions;
    }

    /// Positions in a tensor of shape `whole`, for all indices of some of its axes, where the others are 0.
    static int[] along(Shape whole, List<Integer> axes) {
        long[] all = whole.strides();
        long[] strides = axes.stream().mapToLong(axis -> all[axis]).toArray();
        return of(Shape.of(axes.stream().map(whole::dim).toList()), strides, 0);
    }

    /// The axes of a shape that are not listed.
    static List<Integer> others(Shape shape, List<Integer> axes) {
        return IntStream.range(0, shape.rank()).boxed().filter(axis -> !axes.contains(axis)).toList();
    }
}
