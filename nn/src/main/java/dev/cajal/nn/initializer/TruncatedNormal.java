package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// Numbers of normal distribution, given that they lie within two standard deviations of the mean.
///
/// As in Keras and JAX, `deviation` is that of the distribution before it is cut; what comes out has 0.8796 times as
/// much.
///
/// @param mean the centre
/// @param deviation the standard deviation before cutting, at least 0
public record TruncatedNormal(double mean, double deviation) implements Initializer {
    /// The standard deviation of a standard normal distribution that is cut at -2 and 2.
    static final double REMAINING_DEVIATION = 0.8796256610342398;

    public TruncatedNormal {
        VarianceScaling.requireDeviation(deviation);
    }

    @Override
    public Tensor create(RandomKey key, Shape shape) {
        return key.truncatedNormal(shape, -2, 2).times(deviation).plus(mean);
    }
}
