package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.Optional;

/// A network with one tensor in and one out; the first dimension is the batch.
public interface Layer extends Network<Tensor, Tensor> {
    /// The activation that the output has gone through last, if it is known: a loss that takes logits must not get probabilities.
    default Optional<Activation> outputActivation() {
        return Optional.empty();
    }
}
