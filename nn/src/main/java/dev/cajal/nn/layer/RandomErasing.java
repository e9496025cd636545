package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// In training, sets a rectangle of random size, proportions and place to 0 in some of the images, so that a network does not rely on one part of a thing; in prediction, does
/// nothing.
///
/// - input, output: `[batch, height, width, channels]`
///
/// The rectangle has a share `a` of the area, uniform between two bounds, and proportions `r` whose logarithm is uniform from that of 3/10 to that of 10/3: its height is
/// `sqrt(a * r)` and its width `sqrt(a / r)` of the image's, at most all of it. Z. Zhong et al., *Random Erasing Data Augmentation*, 2017; with a share and the probability 1,
/// nearly the cut-out of T. DeVries, G. W. Taylor, *Improved Regularization of Convolutional Neural Networks with Cutout*, 2017.
///
/// @param probability that an image is changed
/// @param smallest least share of the area
/// @param largest greatest share of the area
public record RandomErasing(double probability, double smallest, double largest) implements Layer {
    private static final double LONGEST = Math.log(10 / 3.0);

    public RandomErasing {
        Inputs.requireSetting(probability >= 0 && probability <= 1, "The probability of RandomErasing", probability,
                "from 0 to 1");
        Inputs.requireSetting(smallest > 0 && smallest <= largest, "The least share of RandomErasing", smallest,
                "above 0 and not above the greatest");
        Inputs.requireSetting(largest <= 1, "The greatest share of RandomErasing", largest, "at most 1");
    }

    /// With the given probability, 2 to 33 % of an image: the paper's bounds.
    public static RandomErasing of(double probability) {
        return new RandomErasing(probability, 0.02, 1 / 3.0);
    }

    /// The same with other bounds for the share of the area.
    public RandomErasing withShare(double least, double greatest) {
        return new RandomErasing(probability, least, greatest);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        if (!scope.isTraining()) {
            return x;
        }
        RandomKey key = scope.key();
        Shape each = Shape.of(x.dim(0), 1);
        Tensor area = key.foldIn("area").uniform(each, smallest, largest);
        Tensor proportion = key.foldIn("proportion").uniform(each, -LONGEST, LONGEST).exp();
        Tensor rows = inside(x.dim(1), area.times(proportion).sqrt(), key.foldIn("down")).expandDims(2);
        Tensor columns = inside(x.dim(2), area.div(proportion).sqrt(), key.foldIn("right")).expandDims(1);
        Tensor chosen = key.foldIn("chosen").bernoulli(probability, Shape.of(x.dim(0), 1, 1));
        return rows.and(columns).and(chosen).expandDims(-1).choose(0, x);
    }

    /// Which places of one side belong to the rectangle; `[batch, length]`.
    private static Tensor inside(int length, Tensor share, RandomKey key) {
        Tensor size = share.minimum(1).times(length).round().maximum(1);
        Tensor first = key.uniform(size.shape()).times(size.negate().plus(length + 1)).floor()
                .minimum(size.negate().plus(length));
        Tensor places = Tensor.range(length, DType.F32).reshape(1, -1);
        return places.ge(first).and(places.lt(first.plus(size)));
    }
}
