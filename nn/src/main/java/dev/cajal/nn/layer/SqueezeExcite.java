package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.RELU;
import static dev.cajal.nn.activation.Activations.SIGMOID;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `x * sigmoid(dense(relu(dense(mean over all positions))))`: each channel is weighed by what is in all channels of the image.
///
/// - input, output: `[batch, spatial..., channels]`
/// - parameters: those of the dense layers below `squeeze` (`channels / ratio` units) and `excite`
///
/// J. Hu, L. Shen, G. Sun, *Squeeze-and-Excitation Networks*, 2018.
///
/// @param ratio how many times fewer units there are between
public record SqueezeExcite(int ratio) implements Layer {
    public SqueezeExcite {
        Inputs.requirePositive("The ratio of SqueezeExcite", ratio);
    }

    /// With so many times fewer units between; 16 in the paper.
    public static SqueezeExcite of(int ratio) {
        return new SqueezeExcite(ratio);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, spatial..., channels]");
        int channels = x.dim(-1);
        Tensor means = scope.call("mean", GlobalPooling.average(), x);
        Tensor few = scope.call("squeeze", Dense.of(Math.max(1, channels / ratio), RELU), means);
        Tensor weights = scope.call("excite", Dense.of(channels, SIGMOID), few);
        for (int axis = 1; axis < x.shape().rank() - 1; axis++) {
            weights = weights.expandDims(1);
        }
        return x.times(weights);
    }
}
