package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// In training, cuts a part of random size, proportions and place out of each image, and enlarges it to the image's size; in prediction, does nothing.
///
/// - input, output: `[batch, height, width, channels]`
///
/// The part has a share `a` of the area, uniform from `smallest` to 1, and sides in the proportion `r` of the image's, whose logarithm is uniform: its height is `height * sqrt(a / r)`, its width
/// `width * sqrt(a * r)`, at most those of the image. Pixels are interpolated. C. Szegedy et al., *Going Deeper with Convolutions*, 2014.
///
/// @param smallest least share of the area
/// @param stretch the furthest that the proportions change: `r` is from `1 / stretch` to `stretch`
public record RandomResizedCrop(double smallest, double stretch) implements Layer {
    public RandomResizedCrop {
        Inputs.requireSetting(smallest > 0 && smallest <= 1, "The least share of RandomResizedCrop", smallest,
                "above 0 and at most 1");
        Inputs.requireSetting(stretch >= 1 && Double.isFinite(stretch), "The stretch of RandomResizedCrop", stretch,
                "at least 1");
    }

    /// Cuts out at least such a share of the area, in proportions from 3:4 to 4:3 of the image's.
    public static RandomResizedCrop of(double smallest) {
        return new RandomResizedCrop(smallest, 4 / 3.0);
    }

    /// The same with other proportions.
    public RandomResizedCrop withStretch(double furthest) {
        return new RandomResizedCrop(smallest, furthest);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        if (!scope.isTraining()) {
            return x;
        }
        RandomKey key = scope.key();
        Shape each = Shape.of(x.dim(0), 1);
        Tensor area = key.foldIn("area").uniform(each, smallest, 1);
        Tensor proportion = key.foldIn("proportion").uniform(each, -Math.log(stretch), Math.log(stretch)).exp();
        Tensor tall = area.div(proportion).sqrt().minimum(1);
        Tensor wide = area.times(proportion).sqrt().minimum(1);
        Shape places = Shape.of(x.dim(0), x.dim(1), x.dim(2));
        Tensor rows = places(x.dim(1), tall, key.foldIn("down").uniform(each)).expandDims(2).broadcastTo(places);
        Tensor columns = places(x.dim(2), wide, key.foldIn("right").uniform(each)).expandDims(1).broadcastTo(places);
        return Inputs.narrow(ImageSampling.at(Inputs.wide(x), rows, columns), x);
    }

    /// Where along one side the pixels of the result lie; `[batch, length]`.
    ///
    /// @param share of the side that is cut out
    /// @param start between 0 for a part at the beginning and 1 for one at the end
    private static Tensor places(int length, Tensor share, Tensor start) {
        Tensor pixels = Tensor.range(length, DType.F32).plus(0.5).reshape(1, -1);
        Tensor first = share.negate().plus(1).times(start).times(length);
        return pixels.times(share).plus(first).minus(0.5).clip(0, length - 1);
    }
}
