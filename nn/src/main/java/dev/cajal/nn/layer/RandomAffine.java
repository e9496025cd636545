package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// In training, turns, slants, enlarges and moves each image at random, about its middle; pixels are interpolated, and what comes in from outside is 0. In prediction, does
/// nothing.
///
/// - input, output: `[batch, height, width, channels]`
///
/// Each number is uniform between its bounds. All at once are one affine map, so that an image is interpolated once.
///
/// @param degrees the furthest that an image is turned, to either side
/// @param shear the furthest that it is slanted, in degrees, to either side
/// @param smallest the least factor that its sides are multiplied by
/// @param largest the greatest factor
/// @param translation the furthest that it is moved, up or down and to either side, as a share of its sides
public record RandomAffine(double degrees, double shear, double smallest, double largest, double translation)
        implements
        Layer {
    public RandomAffine {
        Inputs.requireSetting(degrees >= 0 && degrees <= 180, "The degrees that RandomAffine turns by", degrees,
                "from 0 to 180");
        Inputs.requireSetting(shear >= 0 && shear < 90, "The degrees that RandomAffine slants by", shear,
                "at least 0 and below 90");
        Inputs.requireSetting(smallest > 0 && smallest <= largest, "The least factor of RandomAffine", smallest,
                "above 0 and not above the greatest");
        Inputs.requireSetting(Double.isFinite(largest), "The greatest factor of RandomAffine", largest, "finite");
        Inputs.requireSetting(translation >= 0 && translation <= 1, "The share that RandomAffine moves by",
                translation, "from 0 to 1");
    }

    /// Turns by up to so many degrees to either side.
    public static RandomAffine rotation(double degrees) {
        return new RandomAffine(degrees, 0, 1, 1, 0);
    }

    /// Enlarges by a factor between two.
    public static RandomAffine zoom(double smallest, double largest) {
        return new RandomAffine(0, 0, smallest, largest, 0);
    }

    /// The same, slanting by up to so many degrees to either side.
    public RandomAffine withShear(double furthest) {
        return new RandomAffine(degrees, furthest, smallest, largest, translation);
    }

    /// The same, enlarging by a factor between two.
    public RandomAffine withZoom(double least, double greatest) {
        return new RandomAffine(degrees, shear, least, greatest, translation);
    }

    /// The same, moving by up to such a share of the sides.
    public RandomAffine withTranslation(double share) {
        return new RandomAffine(degrees, shear, smallest, largest, share);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        if (!scope.isTraining()) {
            return x;
        }
        RandomKey key = scope.key();
        Shape each = Shape.of(x.dim(0));
        double angle = Math.toRadians(degrees);
        Tensor slant = key.foldIn("shear").uniform(each, -Math.toRadians(shear), Math.toRadians(shear)).tan();
        Tensor down = key.foldIn("down").uniform(each, -translation * x.dim(1), translation * x.dim(1));
        Tensor right = key.foldIn("right").uniform(each, -translation * x.dim(2), translation * x.dim(2));
        AffineMap map = AffineMap.rotation(key.foldIn("angle").uniform(each, -angle, angle))
                .sheared(slant, Tensor.zerosLike(slant))
                .enlarged(key.foldIn("zoom").uniform(each, smallest, largest))
                .moved(down, right);
        return Inputs.narrow(map.apply(Inputs.wide(x)), x);
    }
}
