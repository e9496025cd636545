package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import java.util.stream.IntStream;

/// The largest number or the mean of each channel over all positions: one row for each image, whatever its size.
///
/// - input: `[batch, spatial..., channels]`
/// - output: `[batch, channels]`
///
/// Of sequences inside of [Padded], padding is left out.
///
/// M. Lin, Q. Chen, S. Yan, *Network In Network*, 2013.
///
/// @param statistic what is made of the numbers
public record GlobalPooling(Pooling.Statistic statistic) implements Layer {
    /// The mean.
    public static GlobalPooling average() {
        return new GlobalPooling(Pooling.Statistic.AVERAGE);
    }

    /// The largest number.
    public static GlobalPooling max() {
        return new GlobalPooling(Pooling.Statistic.MAX);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, spatial..., channels]");
        Axes positions = Axes.of(IntStream.range(1, x.shape().rank() - 1).toArray());
        return Inputs.present(x, scope).map(some -> ofPresent(x, some.expandDims(-1)))
                .orElseGet(() -> switch (statistic) {
                    case MAX -> x.max(positions);
                    case AVERAGE -> Inputs.narrow(Inputs.wide(x).mean(positions), x);
                });
    }

    /// Of the positions that hold something; zero where none does.
    private Tensor ofPresent(Tensor x, Tensor present) {
        return switch (statistic) {
            case MAX -> present.any(1).choose(present.choose(x, Double.NEGATIVE_INFINITY).max(1), 0);
            case AVERAGE -> {
                Tensor wide = Inputs.wide(x);
                Tensor count = present.asType(wide.dtype()).sum(1).maximum(1);
                yield Inputs.narrow(present.choose(wide, 0).sum(1).div(count), x);
            }
        };
    }
}
