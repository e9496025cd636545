package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import java.util.Optional;

/// `f(x) = x`, derivative 1: no activation. What ends a network whose loss takes logits or plain quantities.
public record IdentityFunction() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x;
    }

    @Override
    public Optional<Activation> outputActivation() {
        return Optional.empty();
    }
}
