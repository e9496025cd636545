package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Adadelta: steps in the parameters' own unit, from running means of squares of gradients and of steps.
///
/// - `v = decay * v + (1 - decay) * g^2`
/// - `d = sqrt(u + epsilon) / sqrt(v + epsilon) * g`
/// - `u = decay * u + (1 - decay) * d^2`
/// - `p = p - rate * d`
///
/// M. D. Zeiler, *ADADELTA: An Adaptive Learning Rate Method*, 2012, which has no learning rate: it is 1.
///
/// @param learningRate the rate over time, usually 1
/// @param decay of the means
/// @param epsilon the square of the first steps' size, and what keeps the quotient finite
public record Adadelta(Schedule learningRate, double decay, double epsilon) implements TensorOptimizer {
    private static final String SQUARE = "mean_square";
    private static final String STEP = "mean_square_step";

    public Adadelta {
        Scalars.requireDecay("The decay of the mean squares", decay);
        Scalars.require(epsilon > 0, "Epsilon", epsilon, "above 0, else nothing ever moves");
    }

    /// A rate of 1, a decay of 0.9 and an epsilon of 1e-6.
    public static Adadelta of() {
        return of(1);
    }

    /// A decay of 0.9 and an epsilon of 1e-6, at a constant rate.
    public static Adadelta of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// A decay of 0.9 and an epsilon of 1e-6.
    public static Adadelta of(Schedule learningRate) {
        return new Adadelta(learningRate, 0.9, 1e-6);
    }

    @Override
    public Adadelta withLearningRate(Schedule schedule) {
        return new Adadelta(schedule, decay, epsilon);
    }

    /// The same with another decay.
    public Adadelta withDecay(double newDecay) {
        return new Adadelta(learningRate, newDecay, epsilon);
    }

    /// The same with another epsilon.
    public Adadelta withEpsilon(double newEpsilon) {
        return new Adadelta(learningRate, decay, newEpsilon);
    }

    @Override
    public Slots start(Tensor parameter) {
        return Slots.of(SQUARE, Tensor.zerosLike(parameter), STEP, Tensor.zerosLike(parameter));
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Tensor square = Moments.average(slots.get(SQUARE), gradient.square(), decay);
        Tensor before = slots.get(STEP);
        Tensor step = before.plus(epsilon).sqrt().div(square.plus(epsilon).sqrt()).times(gradient);
        Slots after = Slots.of(SQUARE, square, STEP, Moments.average(before, step.square(), decay));
        return new Step(parameter.minus(step.times(context.learningRate())), after);
    }
}
