package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;

/// Numbers of uniform distribution: mean `(low + high) / 2`, deviation `(high - low) / sqrt(12)`.
///
/// @param low the smallest number, inclusive
/// @param high the bound above, exclusive
public record Uniform(double low, double high) implements Initializer {
    public Uniform {
        if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new CajalException(
                    "initializer.range", "A uniform distribution needs low <= high, but got %s and %s.", low, high);
        }
    }

    @Override
    public Tensor create(RandomKey key, Shape shape) {
        return key.uniform(shape, low, high);
    }
}
