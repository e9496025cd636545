package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.Optional;

/// A network from tensor to tensor as a layer: what [Layer#of] makes. It adds nothing to the names of parameters.
///
/// @param network what is applied
public record LayerNetwork(Network<Tensor, Tensor> network) implements Layer {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return network.apply(x, scope);
    }

    @Override
    public Optional<Activation> outputActivation() {
        return last(network);
    }

    private static Optional<Activation> last(Network<?, ?> network) {
        return switch (network) {
            case Layer layer -> layer.outputActivation();
            case Shared<?, ?> shared -> last(shared.network());
            case Chain<?, ?> chain -> last(chain.parts().getLast());
            default -> Optional.empty();
        };
    }
}
