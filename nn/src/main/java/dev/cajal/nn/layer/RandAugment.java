package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// In training, changes each image by some operations drawn at random from fourteen, one after the other, all of one strength; in prediction, does nothing.
///
/// - input, output: `[batch, height, width, channels]`, numbers from 0 to 1
///
/// E. D. Cubuk et al., *RandAugment: Practical Automated Data Augmentation with a Reduced Search Space*, 2019. The operations and what they do at full strength are torchvision's: none; to either side, by
/// chance, rotation (30 degrees), slanting of rows or columns (0.3), and moving (150/331 of the side); brightness, colour, contrast and sharpness (0.9, more or less); posterizing (4 bits of 8), solarizing (from 0 on),
/// automatic contrast, and equalizing, of which the last two know no strength. Interpolation is bilinear, and what comes in from outside is 0.
///
/// @param operations how many, the paper's N
/// @param strength from 0 to [#STRONGEST], the paper's M
public record RandAugment(int operations, int strength) implements Layer {
    /// The greatest strength.
    public static final int STRONGEST = 30;

    private static final double MOST_RADIANS = Math.toRadians(30);
    private static final double MOST_SHEAR = 0.3;
    private static final double MOST_TRANSLATION = 150 / 331.0;
    private static final double MOST_COLOUR = 0.9;
    private static final int MOST_BITS = 4;

    /// Those that mix an image with another one stand together.
    private enum Operation {
        IDENTITY, ROTATION, SHEAR_ROWS, SHEAR_COLUMNS, MOVE_DOWN, MOVE_RIGHT, BRIGHTNESS, COLOUR, CONTRAST, SHARPNESS, POSTERIZE, SOLARIZE, AUTO_CONTRAST, EQUALIZE
    }

    public RandAugment {
        Inputs.requirePositive("The number of operations of RandAugment", operations);
        Inputs.requireSetting(strength >= 0 && strength <= STRONGEST, "The strength of RandAugment", strength,
                "from 0 to 30");
    }

    /// Two operations of strength 9, which is torchvision's default.
    public static RandAugment of() {
        return new RandAugment(2, 9);
    }

    /// So many operations of such strength.
    public static RandAugment of(int operations, int strength) {
        return new RandAugment(operations, strength);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        SlidingWindow.requireImages(this, x, 2);
        if (!scope.isTraining()) {
            return x;
        }
        Tensor changed = Inputs.wide(x);
        for (int i = 0; i < operations; i++) {
            changed = changed(changed, scope.key().foldIn(i));
        }
        return Inputs.narrow(changed, x);
    }

    /// One operation for each image. All are computed for all of them; those that move pixels are one map, and those that mix an image with another one are one mixture.
    private Tensor changed(Tensor x, RandomKey key) {
        Shape each = Shape.of(x.dim(0));
        Tensor drawn = key.foldIn("operation").integers(each, 0, Operation.values().length);
        Tensor sign = key.foldIn("sign").bernoulli(0.5, each).choose(Tensor.ones(x.dim(0)), -1);
        Tensor signed = sign.times(share());
        Tensor moved = moved(x, drawn, signed);
        Tensor mixed = mixed(moved, drawn, signed);
        Tensor threshold = only(drawn, Operation.SOLARIZE, Tensor.full(DType.F32, each, 1 - share()), 2);
        Tensor solarized = ImageColours.solarize(mixed, threshold.reshape(-1, 1, 1, 1));
        Tensor step = Tensor.full(x.dtype(), Shape.SCALAR, 1 << Math.round(share() * MOST_BITS));
        Tensor result = where(drawn, Operation.POSTERIZE, ImageColours.posterize(moved, step), solarized);
        result = where(drawn, Operation.AUTO_CONTRAST, ImageColours.autoContrast(moved), result);
        return where(drawn, Operation.EQUALIZE, Equalization.of(moved), result);
    }

    /// Images that are not to be mixed are mixed with black by the factor 1.
    private static Tensor mixed(Tensor x, Tensor drawn, Tensor signed) {
        Tensor grey = ImageColours.grey(x);
        Tensor other = where(drawn, Operation.COLOUR, grey, Tensor.zerosLike(x));
        other = where(drawn, Operation.CONTRAST, ImageColours.meanGrey(grey), other);
        other = where(drawn, Operation.SHARPNESS, ImageColours.smooth(x), other);
        Tensor isMixed = drawn.ge(Operation.BRIGHTNESS.ordinal()).and(drawn.le(Operation.SHARPNESS.ordinal()));
        Tensor factor = isMixed.choose(signed.times(MOST_COLOUR).plus(1), 1);
        return ImageColours.mixed(x, other, factor.reshape(-1, 1, 1, 1));
    }

    private double share() {
        return strength / (double) STRONGEST;
    }

    private static Tensor moved(Tensor x, Tensor drawn, Tensor signed) {
        return AffineMap.rotation(only(drawn, Operation.ROTATION, signed.times(MOST_RADIANS)))
                .sheared(only(drawn, Operation.SHEAR_ROWS, signed.times(MOST_SHEAR)),
                        only(drawn, Operation.SHEAR_COLUMNS, signed.times(MOST_SHEAR)))
                .moved(only(drawn, Operation.MOVE_DOWN, signed.times(MOST_TRANSLATION * x.dim(1))),
                        only(drawn, Operation.MOVE_RIGHT, signed.times(MOST_TRANSLATION * x.dim(2))))
                .apply(x);
    }

    private static Tensor only(Tensor drawn, Operation operation, Tensor amount) {
        return only(drawn, operation, amount, 0);
    }

    private static Tensor only(Tensor drawn, Operation operation, Tensor amount, double otherwise) {
        return drawn.eq(operation.ordinal()).choose(amount, otherwise);
    }

    private static Tensor where(Tensor drawn, Operation operation, Tensor changed, Tensor otherwise) {
        return drawn.eq(operation.ordinal()).reshape(-1, 1, 1, 1).choose(changed, otherwise);
    }
}
