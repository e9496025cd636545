package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.List;

/// In training, moves each image by a whole number of pixels up to `pixels`, upwards or downwards and to the left or to the right, with equal probability for each place; what comes in from
/// outside is 0. In prediction, does nothing.
///
/// - input, output: `[batch, height, width, channels]`
///
/// Examples that are made up keep a network from learning the few that there are by heart. P. Y. Simard, D. Steinkraus, J. C. Platt, *Best Practices for
/// Convolutional Neural Networks*, 2003.
///
/// @param pixels the furthest
public record RandomTranslation(int pixels) implements Layer {
    public RandomTranslation {
        Inputs.requirePositive("The number of pixels of RandomTranslation", pixels);
    }

    /// Moves by up to so many pixels.
    public static RandomTranslation of(int pixels) {
        return new RandomTranslation(pixels);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        if (!scope.isTraining()) {
            return x;
        }
        Tensor starts = scope.key().integers(Shape.of(x.dim(0), 2), 0, 2 * pixels + 1);
        return x.pad(1, pixels, pixels, 0).pad(2, pixels, pixels, 0).cutEach(starts, List.of(x.dim(1), x.dim(2)));
    }
}
