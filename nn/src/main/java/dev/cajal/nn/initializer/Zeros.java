package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// Zeros: the usual start of biases. Never for the kernels of hidden layers, whose units would all stay equal.
public record Zeros() implements Initializer {
    @Override
    public Tensor create(RandomKey key, Shape shape) {
        return Tensor.zeros(DType.F32, shape);
    }
}
