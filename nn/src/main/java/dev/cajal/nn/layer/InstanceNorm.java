package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import java.util.Optional;
import java.util.stream.IntStream;

/// `(x - mean) / sqrt(variance + epsilon) * scale + bias`, with mean and (biased) variance of each channel of each example, over all positions.
///
/// - input, output: `[batch, spatial..., channels]`
/// - parameters: `scale` `[channels]`, `bias` `[channels]`
///
/// Padding inside of [Padded] has no share in mean and variance.
///
/// D. Ulyanov, A. Vedaldi, V. Lempitsky, *Instance Normalization: The Missing Ingredient for Fast Stylization*, 2016.
///
/// @param epsilon added to the variance
/// @param scale the scale's first elements, if there is to be one
/// @param bias the bias' first elements, if there is to be one
public record InstanceNorm(double epsilon, Optional<Initializer> scale, Optional<Initializer> bias) implements Layer {
    public InstanceNorm {
        Inputs.requireSetting(epsilon > 0, "The epsilon of InstanceNorm", epsilon, "above 0");
    }

    /// With epsilon 1e-5, and scale and bias that begin with ones and zeros.
    public static InstanceNorm of() {
        return new InstanceNorm(1e-5, Optional.of(Initializers.ones()), Optional.of(Initializers.zeros()));
    }

    /// The same with another epsilon.
    public InstanceNorm withEpsilon(double other) {
        return new InstanceNorm(other, scale, bias);
    }

    /// The same without scale and bias.
    public InstanceNorm withoutAffine() {
        return new InstanceNorm(epsilon, Optional.empty(), Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, spatial..., channels]");
        Axes positions = Axes.of(IntStream.range(1, x.shape().rank() - 1).toArray()).kept();
        Optional<Tensor> present = Inputs.present(x, scope).map(some -> some.expandDims(-1));
        Tensor normal = Normalized.over(Inputs.wide(x), positions, present, epsilon);
        return Inputs.narrow(Affine.apply(normal, scale, bias, scope), x);
    }
}
