package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;
import java.util.Optional;

/// `(x - mean) / sqrt(variance + epsilon) * scale + bias`, with mean and (biased) variance of a group of channels of an example, over all positions.
///
/// - input, output: `[batch, ..., channels]`
/// - parameters: `scale` `[channels]`, `bias` `[channels]`
///
/// Padding inside of [Padded] has no share in mean and variance.
///
/// It does not depend on the batch, however small. Y. Wu, K. He, *Group Normalization*, 2018.
///
/// @param groups of neighbouring channels
/// @param epsilon added to the variance
/// @param scale the scale's first elements, if there is to be one
/// @param bias the bias' first elements, if there is to be one
public record GroupNorm(int groups, double epsilon, Optional<Initializer> scale, Optional<Initializer> bias)
        implements Layer {
    private static final Axes GROUP = Axes.of(1, 3).kept();

    public GroupNorm {
        Inputs.requirePositive("The number of groups of GroupNorm", groups);
        Inputs.requireSetting(epsilon > 0, "The epsilon of GroupNorm", epsilon, "above 0");
    }

    /// With epsilon 1e-5, and scale and bias that begin with ones and zeros.
    public static GroupNorm of(int groups) {
        return new GroupNorm(groups, 1e-5, Optional.of(Initializers.ones()), Optional.of(Initializers.zeros()));
    }

    /// The same with another epsilon.
    public GroupNorm withEpsilon(double other) {
        return new GroupNorm(groups, other, scale, bias);
    }

    /// The same without scale and bias.
    public GroupNorm withoutAffine() {
        return new GroupNorm(groups, epsilon, Optional.empty(), Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., channels]");
        int channels = x.dim(-1);
        if (channels % groups != 0) {
            throw new ShapeException("shape.norm-groups",
                    "%sGroupNorm in %s groups needs channels that divide by it, but got %s.",
                    Origin.current().prefix(), groups, x.type());
        }
        Tensor grouped = Inputs.wide(x).reshape(x.dim(0), -1, groups, channels / groups);
        Optional<Tensor> present = Inputs.present(x, scope).map(some -> some.reshape(x.dim(0), -1, 1, 1));
        Tensor normal = Normalized.over(grouped, GROUP, present, epsilon).reshape(x.shape());
        return Inputs.narrow(Affine.apply(normal, scale, bias, scope), x);
    }
}
