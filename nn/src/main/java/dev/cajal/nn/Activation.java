package dev.cajal.nn;

import java.util.Optional;

/// A layer that changes each number, or each row, on its own: what stands between two linear layers so that they do not collapse into one.
public interface Activation extends Layer {
    /// Whether the outputs are probabilities or their logarithms (sigmoid, softmax, log-softmax), which a loss that takes logits refuses.
    default boolean givesProbabilities() {
        return false;
    }

    @Override
    default Optional<Activation> outputActivation() {
        return Optional.of(this);
    }
}
