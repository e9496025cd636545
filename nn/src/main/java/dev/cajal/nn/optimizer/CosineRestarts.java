package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// A rate that falls along half a cosine, jumps back and falls again, each time more slowly.
///
/// In period `i`, which has `steps * factor^i` steps, it is `end + (rate - end) * (1 + cos(pi * t / period)) / 2`, with `t` the steps since the
/// period's begin. I. Loshchilov, F. Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, 2016.
///
/// @param rate the first rate of each period
/// @param end what a period falls to
/// @param steps the length of the first period
/// @param factor how many times longer each period is than the one before, a whole number; 1 for equal periods
public record CosineRestarts(double rate, double end, int steps, int factor) implements Schedule {
    public CosineRestarts {
        Scalars.requireRate(rate);
        Scalars.requireRate(end);
        Scalars.requireSteps(steps);
        Scalars.require(factor >= 1, "The factor of the periods", factor, "at least 1");
    }

    /// Equal periods, each falling to zero.
    public static CosineRestarts of(double rate, int steps) {
        return new CosineRestarts(rate, 0, steps, 1);
    }

    /// The same with another end of each period.
    public CosineRestarts withEnd(double last) {
        return new CosineRestarts(rate, last, steps, factor);
    }

    /// The same with periods that grow.
    public CosineRestarts withFactor(int times) {
        return new CosineRestarts(rate, end, steps, times);
    }

    @Override
    public Tensor at(Tensor step) {
        Tensor start = factor == 1 ? step.minus(step.rem(steps)) : Scalars.of(0);
        Tensor period = Scalars.of(steps);
        if (factor > 1) {
            // Whole numbers, not a logarithm, so that a period begins at its very step. There are at most 31 before a step no longer fits.
            long begin = steps;
            for (long length = (long) steps * factor; begin <= Integer.MAX_VALUE; length *= factor) {
                Tensor begun = step.ge(begin);
                start = begun.choose(begin, start);
                period = begun.choose(Math.min(length, Integer.MAX_VALUE), period);
                begin += length;
            }
        }
        Tensor remaining = period.minus(step.minus(start)).asType(DType.F32).div(period.asType(DType.F32));
        return Scalars.cosine(remaining, rate, end);
    }
}
