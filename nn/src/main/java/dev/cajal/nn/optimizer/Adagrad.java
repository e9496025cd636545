package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Adagrad: a rate for each number that shrinks with what it has moved.
///
/// - `s = s + g^2`
/// - `p = p - rate * g / (sqrt(s) + epsilon)`
///
/// J. Duchi, E. Hazan, Y. Singer, *Adaptive Subgradient Methods for Online Learning and Stochastic Optimization*, JMLR 12 (2011).
///
/// @param learningRate the rate over time, of the order of 0.01
/// @param initialSum the first `s`
/// @param epsilon keeps the quotient finite
public record Adagrad(Schedule learningRate, double initialSum, double epsilon) implements TensorOptimizer {
    private static final String SUM = "sum_of_squares";

    public Adagrad {
        Scalars.requireStrength("The first sum of squares", initialSum);
        Scalars.requireEpsilon(epsilon);
    }

    /// A first sum of 0 and an epsilon of 1e-10, at a constant rate.
    public static Adagrad of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// A first sum of 0 and an epsilon of 1e-10.
    public static Adagrad of(Schedule learningRate) {
        return new Adagrad(learningRate, 0, 1e-10);
    }

    @Override
    public Adagrad withLearningRate(Schedule schedule) {
        return new Adagrad(schedule, initialSum, epsilon);
    }

    /// The same with another first sum.
    public Adagrad withInitialSum(double sum) {
        return new Adagrad(learningRate, sum, epsilon);
    }

    /// The same with another epsilon.
    public Adagrad withEpsilon(double newEpsilon) {
        return new Adagrad(learningRate, initialSum, newEpsilon);
    }

    @Override
    public Slots start(Tensor parameter) {
        return Slots.of(SUM, Tensor.fullLike(parameter, initialSum));
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        Tensor sum = slots.get(SUM).plus(gradient.square());
        Tensor direction = gradient.div(sum.sqrt().plus(epsilon));
        return new Step(parameter.minus(direction.times(context.learningRate())), Slots.of(SUM, sum));
    }
}
