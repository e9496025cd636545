package dev.cajal.nn.layer;

import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import java.util.Optional;

/// Numbers of mean 0 and variance 1: what normalisations of single examples begin with.
final class Normalized {
    private Normalized() {}

    /// `(x - mean) / sqrt(variance + epsilon)`, with mean and (biased) variance over some axes.
    ///
    /// @param axes kept
    /// @param counted which numbers have a share in mean and variance, of a shape that broadcasts to that of `x`; empty if all have
    static Tensor over(Tensor x, Axes axes, Optional<Tensor> counted, double epsilon) {
        Tensor centred = x.minus(mean(x, axes, counted));
        return centred.times(mean(centred.square(), axes, counted).plus(epsilon).rsqrt());
    }

    private static Tensor mean(Tensor x, Axes axes, Optional<Tensor> counted) {
        return counted.map(some -> {
            Tensor count = some.asType(x.dtype()).broadcastTo(x.shape()).sum(axes).maximum(1);
            return some.choose(x, 0).sum(axes).div(count);
        }).orElseGet(() -> x.mean(axes));
    }
}
