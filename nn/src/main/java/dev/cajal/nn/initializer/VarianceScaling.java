package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;

/// Random numbers of mean 0 and variance `scale / fan`, so that signals neither die out nor explode from layer to
/// layer.
///
/// The fan is how many numbers go into each output of the layer, or how many outputs each input goes to. It follows
/// from the kernel's shape, `[in, out]` of a dense layer or `[spatial..., in, out]` of a convolution, with `r` the
/// product of the spatial dimensions: the fan in is `r * in`, the fan out `r * out`. In a convolution in groups an input reaches the filters of its own group alone, so that
/// the fan out is `r * out / groups`; `in` is the number of channels of one group already.
///
/// | name | scale | fan | for | paper |
/// |---|---|---|---|---|
/// | Glorot (Xavier) | 1 | average | tanh, sigmoid, linear | X. Glorot, Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010 |
/// | He (Kaiming) | 2 | in | ReLU and its family | K. He et al., *Delving Deep into Rectifiers*, 2015 |
/// | LeCun | 1 | in | SELU | Y. LeCun et al., *Efficient BackProp*, 1998; G. Klambauer et al., *Self-Normalizing Neural Networks*, 2017 |
///
/// Their normal versions draw from a normal distribution that is cut at two deviations and widened so that the variance
/// after cutting is right: what Keras and JAX do under these names. PyTorch's `kaiming_normal_` does not cut; that is
/// [Distribution#NORMAL].
///
/// @param scale the variance is this by the fan; above 0
/// @param fan what to divide by
/// @param distribution of the numbers
public record VarianceScaling(double scale, Fan fan, Distribution distribution) implements Initializer {
    /// What the variance is divided by.
    public enum Fan {
        /// How many numbers are summed up in each output: keeps the variance of the signals.
        IN,
        /// How many outputs each input reaches: keeps the variance of the gradients.
        OUT,
        /// The arithmetic mean of both.
        AVERAGE
    }

    /// Where the numbers are drawn from.
    public enum Distribution {
        /// Normal, deviation `sqrt(scale / fan)`.
        NORMAL,
        /// Normal of deviation `sqrt(scale / fan) / 0.8796`, cut at two of these, which leaves `sqrt(scale / fan)`.
        TRUNCATED_NORMAL,
        /// Uniform in `[-limit, limit)` with `limit = sqrt(3 * scale / fan)`.
        UNIFORM
    }

    public VarianceScaling {
        if (!(scale > 0) || !Double.isFinite(scale)) {
            throw new CajalException("initializer.scale", "The scale of a variance is above 0, but got %s.", scale);
        }
    }

    @Override
    public Tensor create(RandomKey key, Shape shape) {
        return create(key, shape, 1);
    }

    @Override
    public Tensor create(RandomKey key, Shape shape, int groups) {
        double variance = scale / Math.max(1, fan(shape, groups));
        double deviation = Math.sqrt(variance);
        return switch (distribution) {
            case NORMAL -> new Normal(0, deviation).create(key, shape);
            case TRUNCATED_NORMAL ->
                new TruncatedNormal(0, deviation / TruncatedNormal.REMAINING_DEVIATION).create(key, shape);
            case UNIFORM -> {
                double limit = Math.sqrt(3 * variance);
                yield new Uniform(-limit, limit).create(key, shape);
            }
        };
    }

    private double fan(Shape shape, int groups) {
        if (shape.rank() < 2) {
            throw new ShapeException(
                    "shape.fan",
                    "%s needs a kernel's shape, [in, out] or [spatial..., in, out], but got %s. For a vector use zeros, ones, a constant, "
                            + "or a normal or uniform distribution of given width.",
                    this,
                    shape);
        }
        double in = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            in *= shape.dim(axis);
        }
        double out = 1;
        for (int axis = 0; axis < shape.rank(); axis++) {
            out *= axis == shape.rank() - 2 ? 1 : shape.dim(axis);
        }
        out /= groups;
        return switch (fan) {
            case IN -> in;
            case OUT -> out;
            case AVERAGE -> (in + out) / 2;
        };
    }

    static void requireDeviation(double deviation) {
        if (!(deviation >= 0) || !Double.isFinite(deviation)) {
            throw new CajalException(
                    "initializer.deviation", "A standard deviation is at least 0 and finite, but got %s.", deviation);
        }
    }
}
