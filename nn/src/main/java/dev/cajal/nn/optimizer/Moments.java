package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Running means of a gradient and of its square, which Adam and its relatives share.
///
/// @param mean `m = beta1 * m + (1 - beta1) * g`
/// @param variance `v = beta2 * v + (1 - beta2) * g^2`, not centred
record Moments(Tensor mean, Tensor variance) {
    private static final String MEAN = "mean";
    private static final String VARIANCE = "variance";

    static Slots start(Tensor parameter) {
        return Slots.of(MEAN, Tensor.zerosLike(parameter), VARIANCE, Tensor.zerosLike(parameter));
    }

    /// The means after one more gradient.
    static Moments next(Slots slots, Tensor gradient, double beta1, double beta2) {
        return new Moments(
                average(slots.get(MEAN), gradient, beta1), average(slots.get(VARIANCE), gradient.square(), beta2));
    }

    /// `decay * mean + (1 - decay) * x`.
    static Tensor average(Tensor mean, Tensor x, double decay) {
        return mean.times(decay).plus(x.times(1 - decay));
    }

    Slots slots() {
        return Slots.of(MEAN, mean, VARIANCE, variance);
    }

    /// Adam's direction, `m' / (sqrt(v') + epsilon)` with means `m'`, `v'` whose bias towards their first value, zero, is taken out.
    Tensor direction(StepContext context, double beta1, double beta2, double epsilon) {
        return direction(variance, context, beta1, beta2, epsilon);
    }

    /// The same with another variance.
    Tensor direction(Tensor otherVariance, StepContext context, double beta1, double beta2, double epsilon) {
        // The corrections are single numbers: inverted once, they cost a product for each element instead of a division.
        Tensor deviation = otherVariance.sqrt().times(context.correction(beta2).rsqrt());
        return mean.times(context.correction(beta1).reciprocal()).div(deviation.plus(epsilon));
    }

    static void requireOptions(double beta1, double beta2, double epsilon) {
        Scalars.requireDecay("beta1", beta1);
        Scalars.requireDecay("beta2", beta2);
        Scalars.requireEpsilon(epsilon);
    }
}
