package dev.cajal.nn.layer;

import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;

/// Changes of the colours of pictures, `[batch, height, width, channels]` of numbers from 0 to 1, as Pillow and torchvision name them. Factors are `[batch, 1, 1, 1]`; a factor of
/// 1 changes nothing.
final class ImageColours {
    private static final int LEVELS = 255;

    private ImageColours() {}

    /// `factor * x`.
    static Tensor brightness(Tensor x, Tensor factor) {
        return x.times(factor).clip(0, 1);
    }

    /// `factor * x + (1 - factor) * m`, where `m` is the mean of the picture in grey.
    static Tensor contrast(Tensor x, Tensor factor) {
        return mixed(x, grey(x).mean(Axes.of(1, 2, 3).kept()), factor);
    }

    /// `factor * x + (1 - factor) * grey`; 0 takes all colour away.
    static Tensor saturation(Tensor x, Tensor factor) {
        return mixed(x, grey(x), factor);
    }

    /// `factor * x + (1 - factor) * smooth`, where each inner pixel is smoothed with the eight around it, itself five times as heavy.
    static Tensor sharpness(Tensor x, Tensor factor) {
        int height = x.dim(1);
        int width = x.dim(2);
        if (height < 3 || width < 3) {
            return x;
        }
        Tensor tall = x.slice(1, 0, height - 2).plus(x.slice(1, 1, height - 1)).plus(x.slice(1, 2, height));
        Tensor sum = tall.slice(2, 0, width - 2).plus(tall.slice(2, 1, width - 1)).plus(tall.slice(2, 2, width));
        Tensor inner = x.slice(1, 1, height - 1).slice(2, 1, width - 1);
        Tensor correction = sum.plus(inner.times(4)).div(13).minus(inner);
        return mixed(x, x.plus(correction.pad(1, 1, 1, 0).pad(2, 1, 1, 0)), factor);
    }

    /// Of 256 levels only those whose lower bits are 0.
    ///
    /// @param step `2^n` for `n` lower bits
    static Tensor posterize(Tensor x, Tensor step) {
        return level(x).div(step).floor().times(step).div(LEVELS);
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

    /// The luma of ITU-R BT.601, one channel.
    private static Tensor grey(Tensor x) {
        if (x.dim(-1) != 3) {
            return x.mean(Axes.of(-1).kept());
        }
        return x.slice(-1, 0, 1).times(0.299).plus(x.slice(-1, 1, 2).times(0.587)).plus(
                x.slice(-1, 2, 3).times(0.114));
    }

    private static Tensor mixed(Tensor x, Tensor other, Tensor factor) {
        return other.plus(x.minus(other).times(factor)).clip(0, 1);
    }
}
