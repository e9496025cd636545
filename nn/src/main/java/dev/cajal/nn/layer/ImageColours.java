package dev.cajal.nn.layer;

import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// Changes of the colours of pictures, `[batch, height, width, channels]` of numbers from 0 to 1, as Pillow and torchvision name them. Factors are `[batch, 1, 1, 1]`; a factor of
/// 1 changes nothing, nor does a turn of 0.
final class ImageColours {
    private static final int LEVELS = 255;
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    /// Where the channels are on the circle of hues.
    private static final double[] HUE_PLACES = {5, 3, 1};

    private ImageColours() {}

    /// `factor * x + (1 - factor) * other`, cut off at 0 and 1.
    static Tensor mixed(Tensor x, Tensor other, Tensor factor) {
        return other.plus(x.minus(other).times(factor)).clip(0, 1);
    }

    /// Mixed with black.
    static Tensor brightness(Tensor x, Tensor factor) {
        return x.times(factor).clip(0, 1);
    }

    /// Mixed with the mean of the picture in grey.
    static Tensor contrast(Tensor x, Tensor factor) {
        return mixed(x, meanGrey(grey(x)), factor);
    }

    /// Mixed with the picture in grey; 0 takes all colour away.
    static Tensor saturation(Tensor x, Tensor factor) {
        return mixed(x, grey(x), factor);
    }

    /// Colours turned round the circle of hues, `[batch, 1, 1, 1]` in turns: red becomes green by a third, and blue by two. Value and saturation of a pixel stay; what is grey, or has not three channels, has no hue.
    ///
    /// That is a rotation in HSV (A. R. Smith, *Color Gamut Transform Pairs*, 1978), as torchvision's `adjust_hue`. With the value `V`, the largest channel, and the chroma `C`, the distance from the smallest, a channel
    /// is `V - C * clip(min(k, 4 - k), 0, 1)`, where `k` is `6 * hue` and 5 for red, 3 for green, 1 for blue, modulo 6.
    static Tensor hue(Tensor x, Tensor turn) {
        if (x.dim(-1) != LUMA.length) {
            return x;
        }
        Tensor value = x.max(Axes.of(-1).kept());
        Tensor chroma = value.minus(x.min(Axes.of(-1).kept()));
        Tensor places = Tensor.of(HUE_PLACES, Shape.of(HUE_PLACES.length)).asType(x.dtype());
        Tensor k = modulo6(sextants(x, value, chroma).plus(turn.times(6)).plus(places));
        return value.minus(k.minimum(k.negate().plus(4)).clip(0, 1).times(chroma));
    }

    /// The hue of each pixel in sixths of a turn, from -1 to below 5.
    private static Tensor sextants(Tensor x, Tensor value, Tensor chroma) {
        Tensor red = x.slice(-1, 0, 1);
        Tensor green = x.slice(-1, 1, 2);
        Tensor blue = x.slice(-1, 2, 3);
        Tensor range = chroma.eq(0).choose(1, chroma);
        Tensor greenest = blue.minus(red).div(range).plus(2);
        Tensor bluest = red.minus(green).div(range).plus(4);
        return red.eq(value).choose(green.minus(blue).div(range), green.eq(value).choose(greenest, bluest));
    }

    private static Tensor modulo6(Tensor x) {
        return x.minus(x.times(1.0 / 6).floor().times(6));
    }

    /// Mixed with the [smooth][#smooth] picture.
    static Tensor sharpness(Tensor x, Tensor factor) {
        return mixed(x, smooth(x), factor);
    }

    /// The mean of a picture that is grey, `[batch, 1, 1, 1]`.
    static Tensor meanGrey(Tensor grey) {
        return grey.mean(Axes.of(1, 2, 3).kept());
    }

    /// Each inner pixel is the mean of it and the eight around it, itself five times as heavy.
    static Tensor smooth(Tensor x) {
        int height = x.dim(1);
        int width = x.dim(2);
        if (height < 3 || width < 3) {
            return x;
        }
        Tensor tall = x.slice(1, 0, height - 2).plus(x.slice(1, 1, height - 1)).plus(x.slice(1, 2, height));
        Tensor sum = tall.slice(2, 0, width - 2).plus(tall.slice(2, 1, width - 1)).plus(tall.slice(2, 2, width));
        Tensor inner = x.slice(1, 1, height - 1).slice(2, 1, width - 1);
        Tensor correction = sum.minus(inner.times(9)).times(1.0 / 13);
        return x.plus(correction.pad(1, 1, 1, 0).pad(2, 1, 1, 0));
    }

    /// Of 256 levels only those whose lower bits are 0.
    ///
    /// @param step `2^n` for `n` lower bits
    static Tensor posterize(Tensor x, Tensor step) {
        return level(x).div(step).floor().times(step).times(1.0 / LEVELS);
    }

    /// `1 - x`, where `x` is at least the threshold.
    static Tensor solarize(Tensor x, Tensor threshold) {
        return x.ge(threshold).choose(x.negate().plus(1), x);
    }

    /// Each channel of each picture stretched to the range from 0 to 1.
    static Tensor autoContrast(Tensor x) {
        Tensor low = x.min(Axes.of(1, 2).kept());
        Tensor range = x.max(Axes.of(1, 2).kept()).minus(low);
        Tensor flat = range.eq(0);
        return flat.choose(x, x.minus(low).div(flat.choose(1, range)));
    }

    /// The number of the level, from 0 to 255.
    static Tensor level(Tensor x) {
        return x.clip(0, 1).times(LEVELS).round();
    }

    /// The luma of ITU-R BT.601, or the mean if there are not three channels, in each channel: as a product, so that all that follows has one shape.
    static Tensor grey(Tensor x) {
        int channels = x.dim(-1);
        double[] shares = new double[channels * channels];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = channels == LUMA.length ? LUMA[i / channels] : 1.0 / channels;
        }
        return x.matmul(Tensor.of(shares, Shape.of(channels, channels)).asType(x.dtype()));
    }
}
