package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// In training, sets each number to 0 with probability `share`, and leaves the others as they are; in prediction, does nothing. A network that has to
/// put together again what it was not shown has to find out how the parts of an input depend on each other.
///
/// - input, output: `[batch, ...]`
///
/// P. Vincent, H. Larochelle, Y. Bengio, P.-A. Manzagol, *Extracting and Composing Robust Features with Denoising Autoencoders*, 2008. [Dropout] also makes the others larger,
/// which suits units, but not inputs.
///
/// @param share that is set to 0, from 0 to below 1
public record MaskingNoise(double share) implements Layer {
    public MaskingNoise {
        Inputs.requireSetting(share >= 0 && share < 1, "The share of MaskingNoise", share, "at least 0 and below 1");
    }

    /// Hides the given share.
    public static MaskingNoise of(double share) {
        return new MaskingNoise(share);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return scope.isTraining() && share > 0 ? scope.key().bernoulli(1 - share, x.shape()).choose(x, 0) : x;
    }
}
