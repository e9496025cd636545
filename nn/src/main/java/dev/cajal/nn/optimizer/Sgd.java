package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// Stochastic gradient descent: `p = p - rate * g`, optionally with momentum.
///
/// With momentum `mu` the gradients are accumulated in a velocity, `v = mu * v + g`, and
///
/// - `p = p - rate * v` (B. Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964), or
/// - `p = p - rate * (g + mu * v)` after Nesterov, in the form for which the gradient is taken at the parameters themselves (I. Sutskever et al., *On
///   the importance of initialization and momentum in deep learning*, 2013).
///
/// The learning rate stands outside of the velocity, as in PyTorch (and unlike in Sutskever's paper), so that a change of the rate acts at
/// once on the whole step.
///
/// @param learningRate the rate over time
/// @param momentum at least 0 and below 1; 0 for none
/// @param nesterov whether to look ahead
public record Sgd(Schedule learningRate, double momentum, boolean nesterov) implements TensorOptimizer {
    public Sgd {
        Scalars.requireDecay("Momentum", momentum);
        Scalars.require(!nesterov || momentum > 0, "Momentum", momentum, "above 0 for Nesterov's form");
    }

    /// Without momentum, at a constant rate.
    public static Sgd of(double learningRate) {
        return of(ConstantRate.of(learningRate));
    }

    /// Without momentum.
    public static Sgd of(Schedule learningRate) {
        return new Sgd(learningRate, 0, false);
    }

    @Override
    public Sgd withLearningRate(Schedule schedule) {
        return new Sgd(schedule, momentum, nesterov);
    }

    /// The same with another momentum.
    public Sgd withMomentum(double newMomentum) {
        return new Sgd(learningRate, newMomentum, nesterov);
    }

    /// The same with or without Nesterov's look ahead.
    public Sgd withNesterov(boolean ahead) {
        return new Sgd(learningRate, momentum, ahead);
    }

    @Override
    public Slots start(Tensor parameter) {
        return momentum == 0 ? Slots.none() : Slots.of("velocity", Tensor.zerosLike(parameter));
    }

    @Override
    public Step step(Tensor gradient, Tensor parameter, Slots slots, StepContext context) {
        if (momentum == 0) {
            return new Step(parameter.minus(gradient.times(context.learningRate())), slots);
        }
        Tensor velocity = slots.get("velocity").times(momentum).plus(gradient);
        Tensor direction = nesterov ? gradient.plus(velocity.times(momentum)) : velocity;
        return new Step(
                parameter.minus(direction.times(context.learningRate())), Slots.of("velocity", velocity));
    }
}
