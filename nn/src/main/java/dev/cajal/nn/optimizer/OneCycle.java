package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// One rise to a high rate and one long fall, both along half a cosine.
///
/// From `peak / startDivisor` at step 0 to `peak` at step `rise * steps - 1`, and on to `peak / startDivisor / endDivisor` at step `steps - 1`.
/// L. N. Smith, N. Topin, *Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates*, 2017, in PyTorch's form (of the
/// rate only; the momentum stays).
///
/// @param peak the highest rate
/// @param steps the length of the whole training
/// @param rise the share of the rise, above 0 and below 1
/// @param startDivisor how much lower the first rate is than the highest
/// @param endDivisor how much lower the last rate is than the first
public record OneCycle(double peak, int steps, double rise, double startDivisor, double endDivisor)
        implements Schedule {
    public OneCycle {
        Scalars.requireRate(peak);
        Scalars.requireSteps(steps);
        Scalars.require(rise > 0 && rise < 1, "The share of the rise", rise, "above 0 and below 1");
        Scalars.require(rise * steps > 1, "The number of steps of the rise", rise * steps, "above 1");
        Scalars.requireFactor(startDivisor);
        Scalars.requireFactor(endDivisor);
    }

    /// A rise of 30 % of the steps from a 25th of the peak, and a fall to a 250,000th of it.
    public static OneCycle of(double peak, int steps) {
        return new OneCycle(peak, steps, 0.3, 25, 1e4);
    }

    /// The same with another share of the rise.
    public OneCycle withRise(double share) {
        return new OneCycle(peak, steps, share, startDivisor, endDivisor);
    }

    @Override
    public Tensor at(Tensor step) {
        double top = rise * steps - 1;
        double last = steps - 1;
        double start = peak / startDivisor;
        Tensor t = step.asType(DType.F32);
        Tensor up = Scalars.cosine(remaining(t, 0, top), start, peak);
        Tensor down = Scalars.cosine(remaining(t, top, last), peak, start / endDivisor);
        return t.le(top).choose(up, down);
    }

    private static Tensor remaining(Tensor t, double from, double to) {
        return t.negate().plus(to).div(to - from).clip(0, 1);
    }
}
