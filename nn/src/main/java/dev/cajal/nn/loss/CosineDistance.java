package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// One minus the cosine of the angle between prediction and target: `1 - p . t / (|p| * |t|)`, from 0 (same direction) to 2.
///
/// The vectors lie along the last axis; the distances of several vectors of an example are averaged. A vector of length zero, which has
/// no direction, has cosine 0: lengths below `epsilon` count as `epsilon`. The target has the prediction's shape.
///
/// @param epsilon the least length, above 0
public record CosineDistance(double epsilon) implements Loss {
    public CosineDistance {
        Operands.require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "above 0");
    }

    /// Lengths of at least 1e-8.
    public static CosineDistance of() {
        return new CosineDistance(1e-8);
    }

    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Operands operands = Operands.of(this, prediction, target);
        Tensor p = vectors(operands.prediction());
        Tensor t = vectors(operands.target());
        Tensor cosine = p.times(t).sum(-1).div(length(p)).div(length(t));
        return Operands.meanOfEach(cosine.negate().plus(1));
    }

    /// A prediction of shape `[batch]` is one of vectors with one component.
    private static Tensor vectors(Tensor x) {
        return x.shape().rank() == 1 ? x.expandDims(1) : x;
    }

    private Tensor length(Tensor x) {
        // The smaller bound inside of the root keeps its gradient finite at zero.
        return x.square().sum(-1).maximum(epsilon * epsilon).sqrt();
    }
}
