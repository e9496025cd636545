package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// In training, sets whole examples to 0 with probability `rate` and multiplies the others by `1 / (1 - rate)`; at the end of a [residual][Residual] branch
/// that leaves out the branch, so that the network is a shorter one for these examples. In prediction, does nothing.
///
/// - input, output: `[batch, ...]`
///
/// G. Huang et al., *Deep Networks with Stochastic Depth*, 2016.
///
/// @param rate the share that is dropped, from 0 to below 1
public record DropPath(double rate) implements Layer {
    public DropPath {
        Inputs.requireSetting(rate >= 0 && rate < 1, "The rate of DropPath, the share that is dropped,", rate,
                "at least 0 and below 1");
    }

    /// Drops the given share.
    public static DropPath of(double rate) {
        return new DropPath(rate);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 1, "[batch, ...]");
        Shape examples = x.shape();
        for (int axis = 1; axis < examples.rank(); axis++) {
            examples = examples.withDim(axis, 1);
        }
        return Dropout.drop(x, rate, examples, scope);
    }
}
