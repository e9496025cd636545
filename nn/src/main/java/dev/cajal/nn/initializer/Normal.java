package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// Numbers of normal distribution.
///
/// @param mean the centre
/// @param deviation the standard deviation, at least 0
public record Normal(double mean, double deviation) implements Initializer {
    public Normal {
        VarianceScaling.requireDeviation(deviation);
    }

    @Override
    public Tensor create(RandomKey key, Shape shape) {
        return key.normal(shape).times(deviation).plus(mean);
    }
}
