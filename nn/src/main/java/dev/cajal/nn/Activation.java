package dev.cajal.nn;

import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import java.util.Optional;

/// A layer that changes each number, or each row, on its own: what stands between two linear layers so that they do not
/// collapse into one.
public interface Activation extends Layer {
    /// Whether the outputs are probabilities or their logarithms (sigmoid, softmax, log-softmax), which a loss that
    /// takes logits refuses.
    default boolean givesProbabilities() {
        return false;
    }

    /// How the kernel of a linear layer in front of this activation begins, if nobody says otherwise: Glorot's uniform
    /// distribution; He's normal one for the relatives of ReLU, LeCun's for SELU.
    default Initializer kernelInitializer() {
        return Initializers.glorotUniform();
    }

    @Override
    default Optional<Activation> outputActivation() {
        return Optional.of(this);
    }
}
