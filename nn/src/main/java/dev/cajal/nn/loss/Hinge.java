package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// The max-margin loss of support vector machines, for two classes: `mean(max(0, 1 - y * s))`, or its square.
///
/// `s` is the network's score, whose sign is the decision; `y` is +1 for a positive target and -1 for any other, so that targets may be
/// written as -1/+1, as 0/1 or as truth values. Scores are not probabilities, and no sigmoid belongs behind them. The target has the
/// prediction's shape.
///
/// C. Cortes, V. Vapnik, *Support-Vector Networks*, Machine Learning 20 (1995).
///
/// @param squared whether the margin's violation is squared, which punishes large ones more and has a continuous gradient
public record Hinge(boolean squared) implements Loss {
    /// The plain hinge.
    public static Hinge of() {
        return new Hinge(false);
    }

    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Operands operands = Operands.of(this, prediction, target);
        Tensor s = operands.prediction();
        Tensor violation = operands.target().gt(0).choose(s.negate(), s).plus(1).maximum(0);
        return Operands.meanOfEach(squared ? violation.square() : violation);
    }
}
