package dev.cajal.tensor;

import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The same elements, or some of them, in another shape. Negative axes count from the end.
public sealed interface Shaping permits Tensor {
    /// This object, as what it is.
    Tensor self();

    /// The same elements in row-major order under another shape. One dimension may be -1: it is computed.
    default Tensor reshape(int... dims) {
        long known = 1;
        int open = -1;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == -1 && open < 0) {
                open = i;
            } else {
                known *= dims[i];
            }
        }
        int[] all = dims.clone();
        if (open >= 0) {
            long size = self().shape().size();
            if (known <= 0 || size % known != 0) {
                throw new ShapeException(
                        "shape.reshape",
                        "Cannot turn shape %s into %s: %s elements do not divide by %s.",
                        self().shape(),
                        Arrays.toString(dims),
                        size,
                        known);
            }
            all[open] = Math.toIntExact(size / known);
        }
        return reshape(Shape.of(all));
    }

    /// The same elements in row-major order under another shape.
    default Tensor reshape(Shape shape) {
        return Tensor.of(Ops.reshape(self().value(), shape));
    }

    /// One dimension.
    default Tensor flatten() {
        return reshape(-1);
    }

    /// Dimension `i` of the result is dimension `permutation[i]` of this; without arguments the order is turned round.
    default Tensor transpose(int... permutation) {
        int rank = self().shape().rank();
        List<Integer> axes = permutation.length == 0
                ? Ops.axes(rank).reversed()
                : Arrays.stream(permutation).map(self().shape()::axis).boxed().toList();
        return Tensor.of(Ops.transpose(self().value(), axes));
    }

    /// Two axes exchanged.
    default Tensor swapAxes(int a, int b) {
        List<Integer> axes = new ArrayList<>(Ops.axes(self().shape().rank()));
        Collections.swap(axes, self().shape().axis(a), self().shape().axis(b));
        return Tensor.of(Ops.transpose(self().value(), axes));
    }

    /// A new dimension of length 1, which will be at this position of the result.
    default Tensor expandDims(int axis) {
        int rank = self().shape().rank();
        int at = axis < 0 ? axis + rank + 1 : axis;
        if (at < 0 || at > rank) {
            throw new ShapeException("shape.axis", "A new dimension of %s cannot be at position %s.", self().shape(),
                    axis);
        }
        return reshape(self().shape().insert(at, 1));
    }

    /// A dimension of length 1 taken away.
    default Tensor squeeze(int axis) {
        Shape shape = self().shape();
        if (shape.dim(axis) != 1) {
            throw new ShapeException(
                    "shape.squeeze", "Axis %s of %s has length %s; only one of length 1 can go.", axis, shape,
                    shape.dim(axis));
        }
        return reshape(shape.without(List.of(shape.axis(axis))));
    }

    /// Repeats dimensions of length 1, and puts new ones in front, until the shape is reached.
    default Tensor broadcastTo(Shape shape) {
        if (!Broadcasting.common("broadcastTo", self().shape(), shape).equals(shape)) {
            throw new ShapeException("shape.broadcast", "Shape %s does not broadcast to %s.", self().shape(), shape);
        }
        return Tensor.of(Broadcasting.to(self().value(), shape));
    }

    /// Elements `from` (inclusive) to `to` (exclusive) along an axis; negative positions count from the end.
    default Tensor slice(int axis, int from, int to) {
        Shape shape = self().shape();
        int at = shape.axis(axis);
        int length = shape.dim(at);
        List<Integer> starts = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
        List<Integer> limits = new ArrayList<>(shape.dims());
        starts.set(at, from < 0 ? from + length : from);
        limits.set(at, to < 0 ? to + length : to);
        return Tensor.of(Ops.slice(self().value(), starts, limits, Collections.nCopies(shape.rank(), 1)));
    }

    /// The part at a position of the first dimension, of the part at a position of the next, and so on: `x.get(2)` is a row of a matrix.
    /// What Kotlin's `x[2]` calls.
    default Tensor get(int... positions) {
        Tensor part = self();
        for (int position : positions) {
            int from = position < 0 ? position + part.shape().dim(0) : position;
            part = part.slice(0, from, from + 1).squeeze(0);
        }
        return part;
    }

    /// Adds elements with the given number before and after along an axis; negative counts cut off.
    default Tensor pad(int axis, int before, int after, double number) {
        int rank = self().shape().rank();
        List<Integer> low = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> high = new ArrayList<>(low);
        low.set(self().shape().axis(axis), before);
        high.set(self().shape().axis(axis), after);
        Value filler = Tensor.full(self().dtype(), Shape.SCALAR, number).value();
        return Tensor.of(Ops.pad(self().value(), filler, low, high, Collections.nCopies(rank, 0)));
    }

    /// The order turned round along axes.
    default Tensor flip(int... axes) {
        return Tensor.of(Ops.reverse(
                self().value(),
                Arrays.stream(axes).map(self().shape()::axis).boxed().toList()));
    }

    /// Parts of equal length along an axis.
    default List<Tensor> split(int axis, int parts) {
        int length = self().shape().dim(axis);
        if (parts < 1 || length % parts != 0) {
            throw new ShapeException("shape.split", "Axis %s of %s cannot be split into %s equal parts.", axis,
                    self().shape(), parts);
        }
        int size = length / parts;
        return IntStream.range(0, parts)
                .mapToObj(i -> slice(axis, i * size, (i + 1) * size))
                .toList();
    }
}
