package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import java.util.Optional;

/// `(x - mean) / sqrt(variance + epsilon) * scale + bias`, with mean and variance (divided by the number of features)
/// of each row, the last dimension.
///
/// - input, output: `[batch, ..., features]`
/// - parameters: `scale` `[features]`, `bias` `[features]`
///
/// Unlike [BatchNorm] it does the same in training and prediction and looks at one example at a time.
/// J. L. Ba, J. R. Kiros, G. E. Hinton, *Layer Normalization*, 2016.
///
/// @param epsilon added to the variance
/// @param scale the scale's first elements, if there is to be one
/// @param bias the bias' first elements, if there is to be one
public record LayerNorm(double epsilon, Optional<Initializer> scale, Optional<Initializer> bias) implements Layer {
    private static final Axes FEATURES = Axes.of(-1).kept();

    public LayerNorm {
        Inputs.requireSetting(epsilon > 0, "The epsilon of LayerNorm", epsilon, "above 0");
    }

    /// With epsilon 1e-5, and scale and bias that begin with ones and zeros.
    public static LayerNorm of() {
        return new LayerNorm(1e-5, Optional.of(Initializers.ones()), Optional.of(Initializers.zeros()));
    }

    /// The same with another epsilon.
    public LayerNorm withEpsilon(double other) {
        return new LayerNorm(other, scale, bias);
    }

    /// The same with other first elements of the scale.
    public LayerNorm withScale(Initializer initializer) {
        return new LayerNorm(epsilon, Optional.of(initializer), bias);
    }

    /// The same without scale.
    public LayerNorm withoutScale() {
        return new LayerNorm(epsilon, Optional.empty(), bias);
    }

    /// The same without bias.
    public LayerNorm withoutBias() {
        return new LayerNorm(epsilon, scale, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., features]");
        Tensor wide = Inputs.wide(x);
        Tensor centred = wide.minus(wide.mean(FEATURES));
        Tensor variance = centred.square().mean(FEATURES);
        Tensor normal = centred.times(variance.plus(epsilon).rsqrt());
        return Inputs.narrow(Affine.apply(normal, scale, bias, scope), x);
    }
}
