package dev.cajal.nn.layer;

import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// Pictures whose 256 levels are all about equally frequent, in each channel by itself: what Pillow and torchvision call equalize.
///
/// With `h` the frequency of each level and `step` a 255th of all pixels but those of the highest level, a level becomes `(h[0] + ... + h[level - 1] + step / 2) / step`, in whole numbers.
final class Equalization {
    private static final int LEVELS = 256;

    private Equalization() {}

    /// @param x `[batch, height, width, channels]` from 0 to 1
    static Tensor of(Tensor x) {
        int groups = x.dim(0) * x.dim(3);
        int size = x.dim(1) * x.dim(2);
        Tensor group = Tensor.range(groups, DType.I32).times(LEVELS).reshape(x.dim(0), 1, 1, x.dim(3));
        Tensor place = ImageColours.level(x).asType(DType.I32).plus(group);
        Tensor counts = Tensor.zeros(groups * LEVELS).addAt(place.flatten(), Tensor.ones(groups * size))
                .reshape(groups, LEVELS);
        Tensor position = Tensor.range(LEVELS, DType.F32).reshape(1, -1);
        Tensor highest = counts.gt(0).choose(position, -1).max(Axes.of(1).kept());
        Tensor ofHighest = position.eq(highest).choose(counts, 0).sum(Axes.of(1).kept());
        Tensor step = ofHighest.negate().plus(size).div(LEVELS - 1).floor();
        Tensor below = counts.cumulativeSum(1).minus(counts);
        Tensor divisor = step.maximum(1);
        Tensor table = below.plus(step.div(2).floor()).div(divisor).floor().clip(0, LEVELS - 1).div(LEVELS - 1);
        Tensor equal = table.flatten().take(place).asType(x.dtype());
        Tensor changes = step.gt(0).reshape(Shape.of(x.dim(0), 1, 1, x.dim(3)));
        return changes.choose(equal, x);
    }
}
