package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import java.util.List;

/// Given rates between given steps: `rates[i]` from `boundaries[i - 1]` on (inclusive) to `boundaries[i]` (exclusive).
///
/// @param boundaries ascending steps, above 0
/// @param rates one more than boundaries
public record PiecewiseConstant(List<Integer> boundaries, List<Double> rates) implements Schedule {
    public PiecewiseConstant {
        boundaries = List.copyOf(boundaries);
        rates = List.copyOf(rates);
        rates.forEach(Scalars::requireRate);
        if (rates.size() != boundaries.size() + 1) {
            throw new CajalException(
                    "optimizer.boundary-count", "%s boundaries need one more learning rate, but there are %s rates.",
                    boundaries.size(), rates.size());
        }
        int last = 0;
        for (int boundary : boundaries) {
            if (boundary <= last) {
                throw new CajalException(
                        "optimizer.boundaries",
                        "The boundaries of a schedule have to be above 0 and ascending, but are %s.",
                        boundaries);
            }
            last = boundary;
        }
    }

    /// Given rates between given steps.
    public static PiecewiseConstant of(List<Integer> boundaries, List<Double> rates) {
        return new PiecewiseConstant(boundaries, rates);
    }

    @Override
    public Tensor at(Tensor step) {
        Tensor rate = Scalars.of(rates.getFirst());
        for (int i = 0; i < boundaries.size(); i++) {
            rate = step.ge(boundaries.get(i)).choose(Scalars.of(rates.get(i + 1)), rate);
        }
        return rate;
    }
}
