package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// LAMB: Adam's direction with weight decay, its length taken from the parameter itself, for very large batches.
///
/// - `d = m' / (sqrt(v') + epsilon) + decay * p`, with `m'` and `v'` of [Adam]
/// - `p = p - rate * (|p| / |d|) * d`, with Euclidean lengths of whole tensors; where one of them is 0 the quotient is 1
///
/// Y. You et al., *Large Batch Optimization for Deep Learning: Training BERT in 76 minutes*, 2019.
///
/// @param learningRate the rate over time, of the order of 0.001 to 0.01
/// @param beta1 the decay of the gradient's mean
/// @param beta2 the decay of the squared gradient's mean
/// @param epsilon keeps the quotient finite
/// @param weightDecay how fast parameters decay
/// @param selection the parameters that decay
public record Lamb(
        Schedule learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        ParameterSelection selection)
        implements TensorOptimizer {
    public Lamb {
        Moments.requireOptions(beta1, beta2, epsilon);
        Scalars.requireStrength("The weight decay", weightDecay);
    }

    /// Decays of 0.9 and 0.999, an epsilon of 1e-6 and no weight decay, at a constant rate.
    public static Lamb of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// Decays of 0.9 and 0.999, an epsilon of 1e-6 and no weight decay.
    public static Lamb of(Schedule learningRate) {
        return new Lamb(learningRate, 0.9, 0.999, 1e-6, 0, ParameterSelection.all());
    }

    @Override
    public Lamb withLearningRate(Schedule schedule) {
        return new Lamb(schedule, beta1, beta2, epsilon, weightDecay, selection);
    }

    /// The same with other decays of the means.
    public Lamb withBetas(double newBeta1, double newBeta2) {
        return new Lamb(learningRate, newBeta1, newBeta2, epsilon, weightDecay, selection);
    }

    /// The same with another epsilon.
    public Lamb withEpsilon(double newEpsilon) {
        return new Lamb(learningRate, beta1, beta2, newEpsilon, weightDecay, selection);
    }

    /// The same with another weight decay.
    public Lamb withWeightDecay(double strength) {
        return withWeightDecay(strength, selection);
    }

    /// The same with another weight decay, of these parameters only.
    @Override
    public Lamb withWeightDecay(double strength, ParameterSelection which) {
        return new Lamb(learningRate, beta1, beta2, epsilon, strength, which);
    }

    @Override
    public Slots start(Tensor parameter) {
        return Moments.start(parameter);
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Moments moments = Moments.next(slots, gradient, beta1, beta2);
        Tensor direction = moments.direction(context, beta1, beta2, epsilon);
        if (context.isIn(selection, parameter)) {
            direction = direction.plus(parameter.times(weightDecay));
        }
        Tensor length = parameter.norm();
        Tensor stride = direction.norm();
        Tensor undefined = length.eq(0).or(stride.eq(0));
        Tensor trust = undefined.choose(1, length.div(stride));
        return new Step(
                parameter.minus(direction.times(trust.times(context.learningRate()))), moments.slots());
    }
}
