package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Lion: steps of the same size in every direction, with one running mean to remember.
///
/// - `u = sign(beta1 * m + (1 - beta1) * g)`
/// - `p = p - rate * (u + decay * p)`
/// - `m = beta2 * m + (1 - beta2) * g`
///
/// Its rate should be 3 to 10 times smaller than Adam's, and the decay as much larger. X. Chen et al., *Symbolic Discovery of Optimization
/// Algorithms*, 2023.
///
/// @param learningRate the rate over time, of the order of 0.0001
/// @param beta1 the mean's share of the step
/// @param beta2 the decay of the mean
/// @param weightDecay how fast parameters decay
/// @param selection the parameters that decay
public record Lion(
        Schedule learningRate, double beta1, double beta2, double weightDecay, ParameterSelection selection)
        implements TensorOptimizer {
    private static final String MEAN = "mean";

    public Lion {
        Moments.requireOptions(beta1, beta2, 0);
        Scalars.requireStrength("The weight decay", weightDecay);
    }

    /// Decays of 0.9 and 0.99 and no weight decay, at a constant rate.
    public static Lion of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// Decays of 0.9 and 0.99 and no weight decay.
    public static Lion of(Schedule learningRate) {
        return new Lion(learningRate, 0.9, 0.99, 0, ParameterSelection.all());
    }

    @Override
    public Lion withLearningRate(Schedule schedule) {
        return new Lion(schedule, beta1, beta2, weightDecay, selection);
    }

    /// The same with other decays of the mean.
    public Lion withBetas(double newBeta1, double newBeta2) {
        return new Lion(learningRate, newBeta1, newBeta2, weightDecay, selection);
    }

    /// The same with another weight decay.
    public Lion withWeightDecay(double strength) {
        return withWeightDecay(strength, selection);
    }

    /// The same with another weight decay, of these parameters only.
    @Override
    public Lion withWeightDecay(double strength, ParameterSelection which) {
        return new Lion(learningRate, beta1, beta2, strength, which);
    }

    @Override
    public Slots start(Tensor parameter) {
        return Slots.of(MEAN, Tensor.zerosLike(parameter));
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Tensor mean = slots.get(MEAN);
        Tensor direction = Moments.average(mean, gradient, beta1).sign();
        if (context.isIn(selection, parameter)) {
            direction = direction.plus(parameter.times(weightDecay));
        }
        Slots after = Slots.of(MEAN, Moments.average(mean, gradient, beta2));
        return new Step(parameter.minus(direction.times(context.learningRate())), after);
    }
}
