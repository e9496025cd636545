package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// In training, turns each image round from left to right with probability 1/2; in prediction, does nothing. For things that look the same in a mirror; letters
/// and digits do not.
///
/// - input, output: `[batch, height, width, channels]`
public record RandomFlip() implements Layer {
    /// The layer.
    public static RandomFlip of() {
        return new RandomFlip();
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        if (!scope.isTraining()) {
            return x;
        }
        return scope.key().bernoulli(0.5, Shape.of(x.dim(0), 1, 1, 1)).choose(x.flip(2), x);
    }
}
