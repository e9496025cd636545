package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// `mean(log(cosh(target - prediction)))`: about `d^2 / 2` for small errors and `|d| - log(2)` for large ones, smooth everywhere.
///
/// Computed as `|d| + log1p(expm1(-2 |d|) / 2)`, which neither overflows nor loses small errors. The target has the prediction's shape.
public record LogCosh() implements Loss {
    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Tensor distance = Operands.of(this, prediction, target).difference().abs();
        return Operands.meanOfEach(
                distance.plus(distance.times(-2).expm1().times(0.5).log1p()));
    }

    @Override
    public OutputKind output() {
        return OutputKind.QUANTITIES;
    }
}
