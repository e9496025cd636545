package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// The same learning rate at every step.
///
/// @param rate the learning rate, at least 0
public record ConstantRate(double rate) implements Schedule {
    public ConstantRate {
        Scalars.requireRate(rate);
    }

    /// A constant learning rate.
    public static ConstantRate of(double rate) {
        return new ConstantRate(rate);
    }

    @Override
    public Tensor at(Tensor step) {
        return Scalars.of(rate);
    }
}
