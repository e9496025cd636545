package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// One number everywhere.
///
/// @param value the number
public record Constant(double value) implements Initializer {
    @Override
    public Tensor create(RandomKey key, Shape shape) {
        return Tensor.full(DType.F32, shape, value);
    }
}
