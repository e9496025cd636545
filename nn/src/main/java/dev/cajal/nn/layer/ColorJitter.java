package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// In training, changes brightness, contrast, saturation and, if asked for, hue of each image at random, one after the other; in prediction, does nothing.
///
/// - input, output: `[batch, height, width, channels]`, numbers from 0 to 1
///
/// Each has a factor uniform from `1 - v` to `1 + v`: brightness is `factor * x`, contrast and saturation are `factor * x + (1 - factor) * m`, where `m` is the mean of the image in grey, or each of its pixels in
/// grey. Results are cut off at 0 and 1. The hue of each pixel is turned, in HSV, by a part of the circle that is uniform from `-h` to `h`; images that have not three channels have none. A. G. Howard, *Some Improvements on Deep Convolutional Neural Network Based Image Classification*, 2013.
///
/// @param brightness `v` of the brightness, from 0 for none to 1
/// @param contrast `v` of the contrast
/// @param saturation `v` of the saturation
/// @param hue `h` of the hue, from 0 for none to 0.5 for any
public record ColorJitter(double brightness, double contrast, double saturation, double hue) implements Layer {
    private static final double HALF = 0.5;

    public ColorJitter {
        requireShare("The brightness of ColorJitter", brightness);
        requireShare("The contrast of ColorJitter", contrast);
        requireShare("The saturation of ColorJitter", saturation);
        Inputs.requireSetting(hue >= 0 && hue <= HALF, "The hue of ColorJitter", hue, "from 0 to 0.5");
    }

    /// Without a change of hue.
    public ColorJitter(double brightness, double contrast, double saturation) {
        this(brightness, contrast, saturation, 0);
    }

    private static void requireShare(String what, double share) {
        Inputs.requireSetting(share >= 0 && share <= 1, what, share, "from 0 to 1");
    }

    /// Brightness, contrast and saturation as much; hue not at all.
    public static ColorJitter of(double strength) {
        return new ColorJitter(strength, strength, strength);
    }

    /// The same with hues turned by at most such a part of the circle, in either direction: 0.1 makes red orange or pink, 0.5 any colour any other.
    public ColorJitter withHue(double most) {
        return new ColorJitter(brightness, contrast, saturation, most);
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
        Tensor saturated = ImageColours.saturation(contrasted, factor(key.foldIn("saturation"), x, saturation));
        return Inputs.narrow(hue == 0 ? saturated : ImageColours.hue(saturated, turn(key.foldIn("hue"), x)), x);
    }

    private Tensor turn(RandomKey key, Tensor x) {
        return key.uniform(Shape.of(x.dim(0), 1, 1, 1), -hue, hue);
    }

    private static Tensor factor(RandomKey key, Tensor x, double share) {
        return key.uniform(Shape.of(x.dim(0), 1, 1, 1), 1 - share, 1 + share);
    }
}
