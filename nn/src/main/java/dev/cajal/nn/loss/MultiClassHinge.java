package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// The max-margin loss for several classes: `max(0, margin + max over j != y of s[j] - s[y])`, with `y` the right class.
///
/// The score of the right class is to exceed every other by the margin. K. Crammer, Y. Singer, *On the Algorithmic Implementation of
/// Multiclass Kernel-based Vector Machines*, JMLR 2 (2001).
///
/// - prediction: scores `[batch, classes]`, or `[batch, positions..., classes]`, whose positions are averaged
/// - target: class numbers, or rows whose largest number marks the class
///
/// @param margin above 0
public record MultiClassHinge(double margin) implements Loss {
    public MultiClassHinge {
        Operands.require(margin > 0 && Double.isFinite(margin), "margin", margin, "above 0");
    }

    /// A margin of 1.
    public static MultiClassHinge of() {
        return new MultiClassHinge(1);
    }

    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Tensor scores = Operands.floating(this, prediction);
        Tensor labels = switch (ClassTarget.of(this, scores, target)) {
            case ClassTarget.Sparse(Tensor numbers) -> numbers;
            case ClassTarget.Dense(Tensor probabilities) -> probabilities.argMax(-1);
        };
        Tensor right = scores.takeAlongLast(labels);
        Tensor rivals = labels.oneHot(scores.dim(-1), DType.BOOL).choose(Double.NEGATIVE_INFINITY, scores);
        return Operands.meanOfEach(rivals.max(-1).minus(right).plus(margin).maximum(0));
    }
}
