package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// RMSprop: the gradient divided by the root of its mean square.
///
/// - `v = decay * v + (1 - decay) * g^2`
/// - `p = p - rate * g / (sqrt(v) + epsilon)`
///
/// With momentum the quotients are accumulated, `b = momentum * b + g / (sqrt(v) + epsilon)`, and `p = p - rate * b`. If centred, `v` is
/// lessened by the square of the gradient's mean, which makes it a variance. T. Tieleman, G. Hinton, *Lecture 6.5, Neural Networks for
/// Machine Learning*, 2012; centred after A. Graves, *Generating Sequences With Recurrent Neural Networks*, 2013. The form is PyTorch's.
///
/// @param learningRate the rate over time
/// @param decay of the means
/// @param epsilon keeps the quotient finite
/// @param momentum at least 0 and below 1; 0 for none
/// @param centered whether to use the variance
public record RmsProp(Schedule learningRate, double decay, double epsilon, double momentum, boolean centered)
        implements TensorOptimizer {
    private static final String SQUARE = "mean_square";
    private static final String MEAN = "mean";
    private static final String VELOCITY = "velocity";

    public RmsProp {
        Scalars.requireDecay("The decay of the mean square", decay);
        Scalars.requireDecay("Momentum", momentum);
        Scalars.requireEpsilon(epsilon);
    }

    /// A decay of 0.99 and an epsilon of 1e-8, at a constant rate.
    public static RmsProp of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// A decay of 0.99 and an epsilon of 1e-8.
    public static RmsProp of(Schedule learningRate) {
        return new RmsProp(learningRate, 0.99, 1e-8, 0, false);
    }

    @Override
    public RmsProp withLearningRate(Schedule schedule) {
        return new RmsProp(schedule, decay, epsilon, momentum, centered);
    }

    /// The same with another decay of the mean square.
    public RmsProp withDecay(double newDecay) {
        return new RmsProp(learningRate, newDecay, epsilon, momentum, centered);
    }

    /// The same with another epsilon.
    public RmsProp withEpsilon(double newEpsilon) {
        return new RmsProp(learningRate, decay, newEpsilon, momentum, centered);
    }

    /// The same with another momentum.
    public RmsProp withMomentum(double newMomentum) {
        return new RmsProp(learningRate, decay, epsilon, newMomentum, centered);
    }

    /// The same, centred or not.
    public RmsProp withCentered(boolean variance) {
        return new RmsProp(learningRate, decay, epsilon, momentum, variance);
    }

    @Override
    public Slots start(Tensor parameter) {
        Slots slots = Slots.of(SQUARE, Tensor.zerosLike(parameter));
        slots = centered ? slots.with(MEAN, Tensor.zerosLike(parameter)) : slots;
        return momentum > 0 ? slots.with(VELOCITY, Tensor.zerosLike(parameter)) : slots;
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Tensor square = Moments.average(slots.get(SQUARE), gradient.square(), decay);
        Slots after = Slots.of(SQUARE, square);
        if (centered) {
            Tensor mean = Moments.average(slots.get(MEAN), gradient, decay);
            after = after.with(MEAN, mean);
            // Never negative in exact arithmetic; rounding must not make it so.
            square = square.minus(mean.square()).maximum(0);
        }
        Tensor direction = gradient.div(square.sqrt().plus(epsilon));
        if (momentum > 0) {
            direction = slots.get(VELOCITY).times(momentum).plus(direction);
            after = after.with(VELOCITY, direction);
        }
        return new Step(parameter.minus(direction.times(context.learningRate())), after);
    }
}
