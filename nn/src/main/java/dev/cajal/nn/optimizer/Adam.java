package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Adam: steps of about the learning rate's size, whatever the gradient's scale. With the gradient `g` of update `t`:
///
/// - `m = beta1 * m + (1 - beta1) * g`
/// - `v = beta2 * v + (1 - beta2) * g^2`
/// - `p = p - rate * m' / (sqrt(v') + epsilon)`, where `m' = m / (1 - beta1^t)` and `v' = v / (1 - beta2^t)`
///
/// D. P. Kingma, J. Ba, *Adam: A Method for Stochastic Optimization*, 2014. With AMSGrad `v'` uses the largest `v` so far, so that the rate
/// never grows: S. J. Reddi et al., *On the Convergence of Adam and Beyond*, 2018.
///
/// @param learningRate the rate over time, of the order of 0.001
/// @param beta1 the decay of the gradient's mean
/// @param beta2 the decay of the squared gradient's mean
/// @param epsilon keeps the quotient finite
/// @param amsGrad whether to use the largest mean of squares so far
public record Adam(Schedule learningRate, double beta1, double beta2, double epsilon, boolean amsGrad)
        implements TensorOptimizer {
    private static final String LARGEST = "largest_variance";

    public Adam {
        Moments.requireOptions(beta1, beta2, epsilon);
    }

    /// Decays of 0.9 and 0.999 and an epsilon of 1e-8, at a constant rate.
    public static Adam of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// Decays of 0.9 and 0.999 and an epsilon of 1e-8.
    public static Adam of(Schedule learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8, false);
    }

    @Override
    public Adam withLearningRate(Schedule schedule) {
        return new Adam(schedule, beta1, beta2, epsilon, amsGrad);
    }

    /// The same with other decays.
    public Adam withBetas(double newBeta1, double newBeta2) {
        return new Adam(learningRate, newBeta1, newBeta2, epsilon, amsGrad);
    }

    /// The same with another epsilon.
    public Adam withEpsilon(double newEpsilon) {
        return new Adam(learningRate, beta1, beta2, newEpsilon, amsGrad);
    }

    /// The same with or without AMSGrad.
    public Adam withAmsGrad(boolean largest) {
        return new Adam(learningRate, beta1, beta2, epsilon, largest);
    }

    @Override
    public Slots start(Tensor parameter) {
        Slots slots = Moments.start(parameter);
        return amsGrad ? slots.with(LARGEST, Tensor.zerosLike(parameter)) : slots;
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Moments moments = Moments.next(slots, gradient, beta1, beta2);
        Slots after = moments.slots();
        Tensor variance = moments.variance();
        if (amsGrad) {
            variance = slots.get(LARGEST).maximum(variance);
            after = after.with(LARGEST, variance);
        }
        Tensor direction = moments.direction(variance, context, beta1, beta2, epsilon);
        return new Step(parameter.minus(direction.times(context.learningRate())), after);
    }
}
