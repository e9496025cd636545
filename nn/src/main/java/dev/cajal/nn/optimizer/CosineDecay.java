package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;

/// A rate that falls to an end along half a cosine: `end + (rate - end) * (1 + cos(pi * step / steps)) / 2`, and `end` from `steps` on.
///
/// I. Loshchilov, F. Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, 2016, without the restarts; see [CosineRestarts].
///
/// @param rate the first rate
/// @param end the last rate
/// @param steps how long the fall takes
public record CosineDecay(double rate, double end, int steps) implements Schedule {
    public CosineDecay {
        Scalars.requireRate(rate);
        Scalars.requireRate(end);
        Scalars.requireSteps(steps);
    }

    /// A fall to zero.
    public static CosineDecay of(double rate, int steps) {
        return new CosineDecay(rate, 0, steps);
    }

    /// The same with another last rate.
    public CosineDecay withEnd(double last) {
        return new CosineDecay(rate, last, steps);
    }

    @Override
    public Tensor at(Tensor step) {
        return Scalars.cosine(Scalars.remaining(step, steps), rate, end);
    }
}
