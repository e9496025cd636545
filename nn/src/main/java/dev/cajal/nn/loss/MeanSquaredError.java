package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// The mean squared error, the usual loss for predicting numbers: `mean((target - prediction)^2)`.
///
/// It is the negative logarithm of the likelihood under normal noise, up to constants, and is drawn far by outliers; see [Huber].
/// The target has the prediction's shape.
public record MeanSquaredError() implements Loss {
    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        return Operands.meanOfEach(Operands.of(this, prediction, target).difference().square());
    }

    @Override
    public OutputKind output() {
        return OutputKind.QUANTITIES;
    }
}
