package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// [Dropout] of whole channels: neighbouring pixels of a map are so much alike that dropping single ones does little.
///
/// - input, output: `[batch, spatial..., channels]`
///
/// J. Tompson et al., *Efficient Object Localization Using Convolutional Networks*, 2015.
///
/// @param rate the share that is dropped, from 0 to below 1
public record SpatialDropout(double rate) implements Layer {
    public SpatialDropout {
        Inputs.requireSetting(rate >= 0 && rate < 1, "The rate of SpatialDropout, the share that is dropped,", rate,
                "at least 0 and below 1");
    }

    /// Drops the given share.
    public static SpatialDropout of(double rate) {
        return new SpatialDropout(rate);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, spatial..., channels]");
        Shape maps = x.shape();
        for (int axis = 1; axis < maps.rank() - 1; axis++) {
            maps = maps.withDim(axis, 1);
        }
        return Dropout.drop(x, rate, maps, scope);
    }
}
