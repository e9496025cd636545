package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// The mean absolute error: `mean(|target - prediction|)`. Leads to medians, and cares little about outliers.
///
/// Its gradient is 0 where both are equal. The target has the prediction's shape.
public record MeanAbsoluteError() implements Loss {
    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        return Operands.meanOfEach(Operands.of(this, prediction, target).difference().abs());
    }

    @Override
    public OutputKind output() {
        return OutputKind.QUANTITIES;
    }
}
