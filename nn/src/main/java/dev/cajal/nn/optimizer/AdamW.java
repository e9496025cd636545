package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Adam with decoupled weight decay: `p = p - rate * (m' / (sqrt(v') + epsilon) + decay * p)`, with `m'` and `v'` of [Adam].
///
/// I. Loshchilov, F. Hutter, *Decoupled Weight Decay Regularization*, 2017.
///
/// @param learningRate the rate over time, of the order of 0.001
/// @param beta1 the decay of the gradient's mean
/// @param beta2 the decay of the squared gradient's mean
/// @param epsilon keeps the quotient finite
/// @param weightDecay how fast parameters decay, of the order of 0.01 to 0.1
/// @param selection the parameters that decay; often [ParameterSelection#kernels]
public record AdamW(
        Schedule learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        ParameterSelection selection)
        implements TensorOptimizer {
    public AdamW {
        Moments.requireOptions(beta1, beta2, epsilon);
        Scalars.requireStrength("The weight decay", weightDecay);
    }

    /// Decays of 0.9 and 0.999, an epsilon of 1e-8 and a weight decay of 0.01 of every parameter, at a constant rate.
    public static AdamW of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// Decays of 0.9 and 0.999, an epsilon of 1e-8 and a weight decay of 0.01 of every parameter.
    public static AdamW of(Schedule learningRate) {
        return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01, ParameterSelection.all());
    }

    @Override
    public AdamW withLearningRate(Schedule schedule) {
        return new AdamW(schedule, beta1, beta2, epsilon, weightDecay, selection);
    }

    /// The same with other decays of the means.
    public AdamW withBetas(double newBeta1, double newBeta2) {
        return new AdamW(learningRate, newBeta1, newBeta2, epsilon, weightDecay, selection);
    }

    /// The same with another epsilon.
    public AdamW withEpsilon(double newEpsilon) {
        return new AdamW(learningRate, beta1, beta2, newEpsilon, weightDecay, selection);
    }

    /// The same with another weight decay.
    public AdamW withWeightDecay(double strength) {
        return withWeightDecay(strength, selection);
    }

    /// The same with another weight decay, of these parameters only.
    @Override
    public AdamW withWeightDecay(double strength, ParameterSelection which) {
        return new AdamW(learningRate, beta1, beta2, epsilon, strength, which);
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
        return new Step(parameter.minus(direction.times(context.learningRate())), moments.slots());
    }
}
