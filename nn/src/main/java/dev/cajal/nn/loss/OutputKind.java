package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// What the numbers that a network puts out mean to a loss, and so what has to be done to them before a person reads them.
///
/// Several losses take *logits*, numbers before the sigmoid or softmax, since the two together are computed without overflow and with a
/// simple gradient. A network under such a loss must not end in a sigmoid or softmax itself.
public enum OutputKind {
    /// The predicted quantities, in whatever unit: the loss judges the distance to the target, so both may be shifted and scaled.
    QUANTITIES,
    /// Numbers that mean something to the loss as they are, such as scores with a margin around zero, or rates.
    VALUES,
    /// Each number is the logarithm of the odds of a yes: `log(p / (1 - p))`.
    BINARY_LOGITS,
    /// The numbers along the last axis are unnormalised logarithms of the probabilities of classes that exclude each other.
    CLASS_LOGITS,
    /// Each number is the logarithm of an expected count.
    LOG_RATES;

    /// Turns the network's numbers into what they stand for: the values themselves, `sigmoid(z)`, `softmax(z)` along the last axis, or `e^z`.
    public Tensor apply(Tensor output) {
        return switch (this) {
            case QUANTITIES, VALUES -> output;
            case BINARY_LOGITS -> output.sigmoid();
            case CLASS_LOGITS -> output.softmax(-1);
            case LOG_RATES -> output.exp();
        };
    }

    /// Turns the network's numbers, one for each class along the last axis, into probabilities that add up to 1. The most probable class is the one
    /// with the largest number.
    ///
    /// - Logits of classes and scores: `softmax(z)`. Of scores, which were not trained to be probabilities, only the order means much.
    /// - Logits of yes-or-no questions, one for each class: `sigmoid(z)`, divided by their sum.
    /// - Quantities, where the target was 1 for the right class and 0 for the others: `max(z, 0)`, divided by their sum.
    public Tensor probabilities(Tensor output) {
        return switch (this) {
            case CLASS_LOGITS, LOG_RATES, VALUES -> output.softmax(-1);
            case BINARY_LOGITS -> shares(output.sigmoid(), output);
            case QUANTITIES -> shares(output.maximum(0), output);
        };
    }

    private static Tensor shares(Tensor positive, Tensor output) {
        Tensor sum = positive.sum(-1).expandDims(-1);
        Tensor none = sum.eq(0);
        return none.choose(output.softmax(-1), positive.div(none.choose(1, sum)));
    }

    /// Whether a sigmoid or softmax belongs behind the numbers, so that the network must not have one.
    public boolean isLogits() {
        return switch (this) {
            case BINARY_LOGITS, CLASS_LOGITS -> true;
            case QUANTITIES, VALUES, LOG_RATES -> false;
        };
    }
}
