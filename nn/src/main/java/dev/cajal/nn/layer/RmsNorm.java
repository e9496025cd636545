package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import java.util.Optional;

/// `x / sqrt(mean(x^2) + epsilon) * scale`, the mean over each row, the last dimension: [LayerNorm] without the means.
///
/// - input, output: `[batch, ..., features]`
/// - parameters: `scale` `[features]`
///
/// B. Zhang, R. Sennrich, *Root Mean Square Layer Normalization*, 2019.
///
/// @param epsilon added to the mean of the squares
/// @param scale the scale's first elements, if there is to be one
public record RmsNorm(double epsilon, Optional<Initializer> scale) implements Layer {
    private static final Axes FEATURES = Axes.of(-1).kept();

    public RmsNorm {
        Inputs.requireSetting(epsilon > 0, "The epsilon of RmsNorm", epsilon, "above 0");
    }

    /// With epsilon 1e-6, and a scale that begins with ones.
    public static RmsNorm of() {
        return new RmsNorm(1e-6, Optional.of(Initializers.ones()));
    }

    /// The same with another epsilon.
    public RmsNorm withEpsilon(double other) {
        return new RmsNorm(other, scale);
    }

    /// The same without scale.
    public RmsNorm withoutScale() {
        return new RmsNorm(epsilon, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., features]");
        Tensor wide = Inputs.wide(x);
        Tensor normal = wide.times(wide.square().mean(FEATURES).plus(epsilon).rsqrt());
        return Inputs.narrow(Affine.apply(normal, scale, Optional.empty(), scope), x);
    }
}
