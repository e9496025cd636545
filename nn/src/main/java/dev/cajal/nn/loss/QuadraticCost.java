package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// Half of the squared Euclidean distance: `sum((target - prediction)^2) / 2`, summed, not averaged, over an example's numbers.
///
/// This is the cost function of textbooks, whose derivative is the plain difference (M. Nielsen, *Neural Networks and Deep Learning*,
/// 2015, chapter 1). The target has the prediction's shape.
public record QuadraticCost() implements Loss {
    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        return Operands.sumOfEach(Operands.of(this, prediction, target).difference().square()).times(0.5);
    }

    @Override
    public OutputKind output() {
        return OutputKind.QUANTITIES;
    }
}
