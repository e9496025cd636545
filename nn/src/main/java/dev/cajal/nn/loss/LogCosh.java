package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// `mean(log(cosh(target - prediction)))`: about `d^2 / 2` for small errors and `|d| - log(2)` for large ones, smooth everywhere.
///
/// Computed as `log1p(sinh(d)^2) / 2` below 1, which loses no small error, and as `|d| + log1p(expm1(-2 |d|) / 2)` above, which does not overflow. The
/// target has the prediction's shape.
public record LogCosh() implements Loss {
    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Tensor distance = Operands.of(this, prediction, target).difference().abs();
        // Neither branch may see what overflows in it: 0 * infinity would be the gradient.
        Tensor small = distance.lt(1);
        Tensor below = small.choose(distance, 0).expm1();
        Tensor sinh = below.plus(below.div(below.plus(1))).times(0.5);
        Tensor above = small.choose(1, distance);
        Tensor large = above.plus(above.times(-2).expm1().times(0.5).log1p());
        return Operands.meanOfEach(small.choose(sinh.square().log1p().times(0.5), large));
    }

    @Override
    public OutputKind output() {
        return OutputKind.QUANTITIES;
    }
}
