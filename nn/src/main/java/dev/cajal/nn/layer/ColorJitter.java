package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// In training, changes brightness, contrast and saturation of each image at random, one after the other; in prediction, does nothing.
///
/// - input, output: `[batch, height, width, channels]`, numbers from 0 to 1
///
/// Each has a factor uniform from `1 - v` to `1 + v`: brightness is `factor * x`, contrast and saturation are `factor * x + (1 - factor) * m`, where `m` is the mean of the image in grey, or each of its pixels in
/// grey. Results are cut off at 0 and 1. A. G. Howard, *Some Improvements on Deep Convolutional Neural Network Based Image Classification*, 2013.
///
/// @param brightness `v` of the brightness, from 0 for none to 1
/// @param contrast `v` of the contrast
/// @param saturation `v` of the saturation
public record ColorJitter(double brightness, double contrast, double saturation) implements Layer {
    public ColorJitter {
        requireShare("The brightness of ColorJitter", brightness);
        requireShare("The contrast of ColorJitter", contrast);
        requireShare("The saturation of ColorJitter", saturation);
    }

    private static void requireShare(String what, double share) {
        Inputs.requireSetting(share >= 0 && share <= 1, what, share, "from 0 to 1");
    }

    /// All three as much.
    public static ColorJitter of(double strength) {
        return new ColorJitter(strength, strength, strength);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        if (!scope.isTraining()) {
            return x;
        }
        RandomKey key = scope.key();
        Tensor bright = ImageColours.brightness(Inputs.wide(x), factor(key.foldIn("brightness"), x, brightness));
        Tensor contrasted = ImageColours.contrast(bright, factor(key.foldIn("contrast"), x, contrast));
        return Inputs.narrow(
                ImageColours.saturation(contrasted, factor(key.foldIn("saturation"), x, saturation)), x);
    }

    private static Tensor factor(RandomKey key, Tensor x, double share) {
        return key.uniform(Shape.of(x.dim(0), 1, 1, 1), 1 - share, 1 + share);
    }
}
