package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// The cross-entropy of yes-or-no questions, from logits. With a logit `z`, a target `y` between 0 and 1 and the weight `w` of a yes:
///
/// `-(w * y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z)))`
///
/// computed as `(1 - y) * z + (1 + (w - 1) * y) * softplus(-z)`, which is finite for every finite logit. The network must not end in a
/// sigmoid. Each number of the prediction is a question of its own, so several outputs make a multi-label classifier; an example's loss
/// is their mean. The target has the prediction's shape, and any element type (truth values and 0/1 included).
///
/// @param positiveWeight how much more a yes counts than a no; above 1 for rare positives
/// @param smoothing moves targets towards 1/2: `y * (1 - smoothing) + smoothing / 2`; at least 0 and below 1
public record BinaryCrossEntropy(double positiveWeight, double smoothing) implements Loss {
    public BinaryCrossEntropy {
        Operands.require(
                positiveWeight > 0 && Double.isFinite(positiveWeight), "positive weight", positiveWeight, "above 0");
        Operands.require(smoothing >= 0 && smoothing < 1, "label smoothing", smoothing, "at least 0 and below 1");
    }

    /// Without weight and smoothing.
    public static BinaryCrossEntropy of() {
        return new BinaryCrossEntropy(1, 0);
    }

    /// The same with another weight of positive targets.
    public BinaryCrossEntropy withPositiveWeight(double weight) {
        return new BinaryCrossEntropy(weight, smoothing);
    }

    /// The same with another label smoothing.
    public BinaryCrossEntropy withSmoothing(double amount) {
        return new BinaryCrossEntropy(positiveWeight, amount);
    }

    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Operands operands = Operands.of(this, prediction, target);
        Tensor z = operands.prediction();
        Tensor y = operands.target();
        if (smoothing > 0) {
            y = y.times(1 - smoothing).plus(smoothing / 2);
        }
        // softplus(-z) = max(-z, 0) + log1p(e^-|z|). The two large terms are subtracted first, so that the small one survives.
        Tensor large = z.negate().maximum(0);
        Tensor small = z.abs().negate().exp().log1p();
        if (positiveWeight != 1) {
            Tensor weight = y.times(positiveWeight - 1).plus(1);
            large = large.times(weight);
            small = small.times(weight);
        }
        return Operands.meanOfEach(z.minus(z.times(y)).plus(large).plus(small));
    }

    @Override
    public OutputKind output() {
        return OutputKind.BINARY_LOGITS;
    }
}
