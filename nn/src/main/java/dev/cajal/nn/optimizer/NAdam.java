package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// Adam with Nesterov's look ahead. With `m` and `v` of [Adam] and a momentum that rises with the update `t`:
///
/// - `mu[t] = beta1 * (1 - 0.5 * 0.96^(t * momentumDecay))`, and `M[t]` the product of the first `t` of them
/// - `n = (1 - mu[t]) * g / (1 - M[t]) + mu[t + 1] * m / (1 - M[t + 1])`
/// - `p = p - rate * n / (sqrt(v / (1 - beta2^t)) + epsilon)`
///
/// T. Dozat, *Incorporating Nesterov Momentum into Adam*, 2016.
///
/// @param learningRate the rate over time, of the order of 0.002
/// @param beta1 the decay of the gradient's mean
/// @param beta2 the decay of the squared gradient's mean
/// @param epsilon keeps the quotient finite
/// @param momentumDecay how fast the momentum reaches beta1
public record NAdam(Schedule learningRate, double beta1, double beta2, double epsilon, double momentumDecay)
        implements TensorOptimizer {
    private static final String PRODUCT = "momentum_product";

    public NAdam {
        Moments.requireOptions(beta1, beta2, epsilon);
        Scalars.requireStrength("The decay of the momentum", momentumDecay);
    }

    /// Decays of 0.9 and 0.999, an epsilon of 1e-8 and a momentum decay of 0.004, at a constant rate.
    public static NAdam of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// Decays of 0.9 and 0.999, an epsilon of 1e-8 and a momentum decay of 0.004.
    public static NAdam of(Schedule learningRate) {
        return new NAdam(learningRate, 0.9, 0.999, 1e-8, 0.004);
    }

    @Override
    public NAdam withLearningRate(Schedule schedule) {
        return new NAdam(schedule, beta1, beta2, epsilon, momentumDecay);
    }

    /// The same with other decays of the means.
    public NAdam withBetas(double newBeta1, double newBeta2) {
        return new NAdam(learningRate, newBeta1, newBeta2, epsilon, momentumDecay);
    }

    /// The same with another epsilon.
    public NAdam withEpsilon(double newEpsilon) {
        return new NAdam(learningRate, beta1, beta2, newEpsilon, momentumDecay);
    }

    @Override
    public Slots start(Tensor parameter) {
        // The product is one number for all parameters, but kept for each: a slot has the parameters' structure.
        return Moments.start(parameter).with(PRODUCT, Tensor.full(parameter.dtype(), Shape.SCALAR, 1));
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Moments moments = Moments.next(slots, gradient, beta1, beta2);
        Tensor mu = momentum(context.number());
        Tensor ahead = momentum(context.number().plus(1));
        Tensor product = slots.get(PRODUCT).times(mu);
        Tensor fromGradient = gradient.times(rest(mu).div(rest(product)));
        Tensor fromMean = moments.mean().times(ahead.div(rest(product.times(ahead))));
        Tensor deviation = moments.variance().sqrt().times(context.correction(beta2).rsqrt()).plus(epsilon);
        Tensor direction = fromGradient.plus(fromMean).div(deviation);
        return new Step(
                parameter.minus(direction.times(context.learningRate())), moments.slots().with(PRODUCT, product));
    }

    private Tensor momentum(Tensor number) {
        return rest(number.times(momentumDecay * Math.log(0.96)).exp().times(0.5)).times(beta1);
    }

    /// `1 - x`.
    private static Tensor rest(Tensor x) {
        return x.negate().plus(1);
    }
}
