package dev.cajal.type;

import java.util.stream.Collectors;

/// What is known of a tensor before it is computed: the type of its elements and its shape.
public record TensorType(DType dtype, Shape shape) {
    /// A type from its parts.
    public static TensorType of(DType dtype, int... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    /// The number of elements.
    public long size() {
        return shape.size();
    }

    /// Bytes of all elements, stored densely.
    ///
    /// @throws ShapeException if they exceed a `long`
    public long byteSize() {
        long size = shape.size();
        if (size > Long.MAX_VALUE / dtype.byteSize()) {
            throw new ShapeException("shape.bytes", "A tensor of type %s would have more bytes than can be counted.",
                    this);
        }
        return size * dtype.byteSize();
    }

    /// The same shape with another element type.
    public TensorType withDType(DType other) {
        return new TensorType(other, shape);
    }

    /// The same element type with another shape.
    public TensorType withShape(Shape other) {
        return new TensorType(dtype, other);
    }

    /// `f32[2, 3]`.
    @Override
    public String toString() {
        return dtype + shape.dims().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
