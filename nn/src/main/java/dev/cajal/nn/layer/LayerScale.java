package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `x * scale` with a learned factor for each feature that begins small: at the end of a branch it lets a deep network begin as if the branch were not there.
///
/// - input, output: `[batch, ..., features]`
/// - parameters: `scale` `[features]`
///
/// H. Touvron et al., *Going Deeper with Image Transformers*, 2021.
///
/// @param first what all factors are at first
public record LayerScale(double first) implements Layer {
    public LayerScale {
        Inputs.requireSetting(Double.isFinite(first), "The first factor of LayerScale", first, "finite");
    }

    /// With factors that begin alike; 1e-6 for deep networks.
    public static LayerScale of(double first) {
        return new LayerScale(first);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., features]");
        return x.times(scope.parameter("scale", Inputs.features(x), Initializers.constant(first)));
    }
}
