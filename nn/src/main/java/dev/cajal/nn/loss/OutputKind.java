package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// What the numbers that a network puts out mean to a loss, and so what has to be done to them before a person reads them.
///
/// Several losses take *logits*, numbers before the sigmoid or softmax, since the two together are computed without overflow and with a
/// simple gradient. A network under such a loss must not end in a sigmoid or softmax itself.
public enum OutputKind {
    /// The predicted quantities themselves, or scores whose size has no further meaning.
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
            case VALUES -> output;
            case BINARY_LOGITS -> output.sigmoid();
            case CLASS_LOGITS -> output.softmax(-1);
            case LOG_RATES -> output.exp();
        };
    }

    /// Whether a sigmoid or softmax belongs behind the numbers, so that the network must not have one.
    public boolean isLogits() {
        return switch (this) {
            case BINARY_LOGITS, CLASS_LOGITS -> true;
            case VALUES, LOG_RATES -> false;
        };
    }
}
