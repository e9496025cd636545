package dev.cajal.nn.loss;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;

/// How wrong predictions are: a number for each example, small where the prediction is good.
///
/// Implementations are records, so that they can be written to a file. The first dimension of predictions and targets is the batch. The
/// losses of an example that has several numbers (several outputs, positions of a sequence) are averaged, unless the loss says otherwise.
public interface Loss {
    /// The loss of each example, of shape `[batch]`.
    ///
    /// @param prediction the network's output, `[batch, ...]`
    /// @param target what it should have been; see the loss for shape and element type
    /// @throws ShapeException if the two do not fit each other
    Tensor perExample(Tensor prediction, Tensor target);

    /// The mean loss of a batch: `sum(weight * loss) / sum(weight)`, a scalar.
    ///
    /// An example of weight zero is padding: whatever its loss is, even NaN, it does not count. A batch of nothing but padding has loss zero.
    ///
    /// @param weights one for each example, `[batch]`
    default Tensor mean(Tensor prediction, Tensor target, Tensor weights) {
        Tensor losses = perExample(prediction, target);
        if (!weights.shape().equals(losses.shape())) {
            throw new ShapeException(
                    "loss.weights",
                    "%sThe loss needs one weight for each example, of shape %s, but got %s.",
                    Origin.current().prefix(),
                    losses.shape(),
                    weights.shape());
        }
        return weightedMean(losses, weights);
    }

    /// The mean of one number for each example, a scalar: `sum(weight * value) / sum(weight)`. A value of weight zero does not count, even if it
    /// is NaN; a batch of nothing but these has mean zero.
    static Tensor weightedMean(Tensor values, Tensor weights) {
        Tensor counted = weights.ne(0).choose(values.times(weights), 0);
        Tensor total = weights.asFloating().sum();
        return counted.sum().div(total.eq(0).choose(1, total));
    }

    /// The mean loss of a batch whose examples all count alike, a scalar.
    default Tensor mean(Tensor prediction, Tensor target) {
        return perExample(prediction, target).mean();
    }

    /// What the loss takes the network's numbers for; by default values that mean something as they are.
    default OutputKind output() {
        return OutputKind.VALUES;
    }

    /// Whether the loss applies the sigmoid or softmax itself, so that the network must not end in one.
    default boolean fromLogits() {
        return output().isLogits();
    }
}
