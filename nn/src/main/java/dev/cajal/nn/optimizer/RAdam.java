package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// Rectified Adam: plain momentum until the mean of squares rests on enough gradients, then Adam's steps, scaled for its remaining variance. With
/// `m`, `v` of [Adam] and the length of the mean's memory `r[t] = R - 2 t beta2^t / (1 - beta2^t)`, where `R = 2 / (1 - beta2) - 1`:
///
/// - `p = p - rate * m'` where `r[t] <= 5`,
/// - `p = p - rate * m' * c / (sqrt(v) + epsilon)` elsewhere, with `c = sqrt(1 - beta2^t) * sqrt((r[t] - 4) (r[t] - 2) R / ((R - 4) (R - 2) r[t]))`.
///
/// It needs no warm-up. L. Liu et al., *On the Variance of the Adaptive Learning Rate and Beyond*, 2019; the bound of 5 is PyTorch's.
///
/// @param learningRate the rate over time, of the order of 0.001
/// @param beta1 the decay of the gradient's mean
/// @param beta2 the decay of the squared gradient's mean, above 2/3: below that the rectification never begins
/// @param epsilon keeps the quotient finite
public record RAdam(Schedule learningRate, double beta1, double beta2, double epsilon) implements TensorOptimizer {
    private static final double ENOUGH = 5;

    public RAdam {
        Moments.requireOptions(beta1, beta2, epsilon);
        Scalars.require(longest(beta2) > ENOUGH, "beta2", beta2, "above 2/3");
    }

    private static double longest(double beta2) {
        return 2 / (1 - beta2) - 1;
    }

    /// Decays of 0.9 and 0.999 and an epsilon of 1e-8, at a constant rate.
    public static RAdam of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// Decays of 0.9 and 0.999 and an epsilon of 1e-8.
    public static RAdam of(Schedule learningRate) {
        return new RAdam(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public RAdam withLearningRate(Schedule schedule) {
        return new RAdam(schedule, beta1, beta2, epsilon);
    }

    /// The same with other decays.
    public RAdam withBetas(double newBeta1, double newBeta2) {
        return new RAdam(learningRate, newBeta1, newBeta2, epsilon);
    }

    /// The same with another epsilon.
    public RAdam withEpsilon(double newEpsilon) {
        return new RAdam(learningRate, beta1, beta2, newEpsilon);
    }

    @Override
    public Slots start(Tensor parameter) {
        return Moments.start(parameter);
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Moments moments = Moments.next(slots, gradient, beta1, beta2);
        Tensor mean = moments.mean().times(context.correction(beta1).reciprocal());
        // The memory is a small difference of large numbers: in f32 the first steps would keep three digits. It is a scalar, so f64 costs nothing.
        Tensor t = context.number().asType(DType.F64);
        Tensor power = t.times(Math.log(beta2));
        Tensor correction = power.expm1().negate();
        double longest = longest(beta2);
        Tensor memory = t.times(power.exp()).times(-2).div(correction).plus(longest);
        Tensor enough = memory.gt(ENOUGH);
        // Where the memory is too short the root's argument may be negative; its value is not used there.
        Tensor known = enough.choose(memory, ENOUGH);
        Tensor rectified = known.minus(4).times(known.minus(2)).div(known)
                .times(longest / ((longest - 4) * (longest - 2)));
        Tensor scale = rectified.times(correction).sqrt().asType(gradient.dtype());
        Tensor adaptive = mean.times(scale).div(moments.variance().sqrt().plus(epsilon));
        Tensor direction = enough.choose(adaptive, mean);
        return new Step(parameter.minus(direction.times(context.learningRate())), moments.slots());
    }
}
