package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// Ones: the usual start of the scales of normalisations.
public record Ones() implements Initializer {
    @Override
    public Tensor create(RandomKey key, Shape shape) {
        return Tensor.full(DType.F32, shape, 1);
    }
}
