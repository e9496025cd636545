package dev.cajal.type;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The lengths of a tensor's dimensions, outermost first. Equal by content. `Shape.of()` is a scalar's.
public final class Shape {
    /// The shape of a single number: no dimensions, one element.
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;
    private final long size;

    private Shape(int[] dims) {
        this.dims = dims;
        this.size = size(dims);
    }

    private static long size(int[] dims) {
        long size = 1;
        long withoutZeros = 1;
        for (int dim : dims) {
            if (Math.multiplyHigh(withoutZeros, Math.max(1, dim)) != 0 || withoutZeros * Math.max(1, dim) < 0) {
                throw new ShapeException(
                        "shape.size", "A tensor of shape %s would have more elements than can be counted.",
                        Arrays.toString(dims));
            }
            withoutZeros *= Math.max(1, dim);
            size *= dim;
        }
        return size;
    }

    /// A shape of the given dimensions.
    ///
    /// @throws ShapeException if a dimension is negative, or the number of elements exceeds a `long`
    public static Shape of(int... dims) {
        for (int dim : dims) {
            if (dim < 0) {
                throw new ShapeException(
                        "shape.negative", "A dimension cannot be negative, but the shape is %s.",
                        Arrays.toString(dims));
            }
        }
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    /// A shape of the given dimensions.
    public static Shape of(List<Integer> dims) {
        return of(dims.stream().mapToInt(Integer::intValue).toArray());
    }

    /// The number of dimensions.
    public int rank() {
        return dims.length;
    }

    /// The length of a dimension; negative positions count from the end, so `dim(-1)` is the innermost.
    ///
    /// @throws ShapeException if there is no such dimension
    public int dim(int position) {
        return dims[axis(position)];
    }

    /// A position turned into `0 <= axis < rank`: negative positions count from the end.
    ///
    /// @throws ShapeException if there is no such dimension
    public int axis(int position) {
        int axis = position < 0 ? position + dims.length : position;
        if (axis < 0 || axis >= dims.length) {
            throw new ShapeException(
                    "shape.axis",
                    "There is no dimension %s in shape %s: it has %s dimension(s), so %s to %s are possible.",
                    position,
                    this,
                    dims.length,
                    -dims.length,
                    dims.length - 1);
        }
        return axis;
    }

    /// The number of elements: the product of the dimensions.
    public long size() {
        return size;
    }

    /// The dimensions as an unmodifiable list.
    public List<Integer> dims() {
        return IntStream.of(dims).boxed().toList();
    }

    /// The dimensions as a new array.
    public int[] toArray() {
        return dims.clone();
    }

    /// How many elements apart two neighbours along each dimension lie when the elements are stored densely,
    /// innermost dimension last.
    public long[] strides() {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        return strides;
    }

    /// This shape with one dimension replaced.
    public Shape withDim(int position, int length) {
        int[] copy = dims.clone();
        copy[axis(position)] = length;
        return of(copy);
    }

    /// This shape with a dimension inserted before the given axis (`axis == rank` appends).
    ///
    /// @throws ShapeException if there is no such place
    public Shape insert(int axis, int length) {
        if (axis < 0 || axis > dims.length) {
            throw new ShapeException(
                    "shape.axis", "No dimension can be inserted at %s into shape %s: 0 to %s are possible.", axis, this,
                    dims.length);
        }
        int[] copy = new int[dims.length + 1];
        System.arraycopy(dims, 0, copy, 0, axis);
        copy[axis] = length;
        System.arraycopy(dims, axis, copy, axis + 1, dims.length - axis);
        return of(copy);
    }

    /// This shape without the given axes.
    public Shape without(List<Integer> axes) {
        return of(IntStream.range(0, dims.length)
                .filter(axis -> !axes.contains(axis))
                .map(axis -> dims[axis])
                .toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /// `[2, 3]`; a scalar's is `[]`.
    @Override
    public String toString() {
        return IntStream.of(dims).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
