package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// In training, sets each number to 0 with probability `rate` and multiplies the others by `1 / (1 - rate)`, so that
/// sums keep their expectation; in prediction, does nothing.
///
/// Units cannot rely on each other, which works against overfitting. Which numbers are dropped depends on the step's
/// random key and on the layer's path. N. Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from
/// Overfitting*, 2014.
///
/// - input, output: `[batch, ...]`
///
/// @param rate the share that is dropped, from 0 to below 1
public record Dropout(double rate) implements Layer {
    public Dropout {
        Inputs.requireSetting(rate >= 0 && rate < 1, "The rate of Dropout, the share that is dropped,", rate,
                "at least 0 and below 1");
    }

    /// Drops the given share.
    public static Dropout of(double rate) {
        return new Dropout(rate);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return drop(x, rate, x.shape(), scope);
    }

    /// Drops numbers, or several at once.
    ///
    /// @param chosen the shape of what is chosen by itself, with 1 where all numbers along a dimension share their fate
    static Tensor drop(Tensor x, double rate, Shape chosen, Scope scope) {
        if (!scope.isTraining() || rate == 0) {
            return x;
        }
        Tensor kept = scope.key().bernoulli(1 - rate, chosen);
        return kept.choose(x.asFloating().times(1 / (1 - rate)), 0);
    }
}
