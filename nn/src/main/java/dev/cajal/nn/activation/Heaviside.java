package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x) = 1` where `x >= 0`, else 0: the step of the first artificial neuron, which fires or does not (W. S.
/// McCulloch, W. Pitts, *A logical calculus of the ideas immanent in nervous activity*, 1943).
///
/// Its derivative is 0 wherever it has one, so no gradient passes and nothing in front of it learns: for networks whose
/// weights are set by hand, and to see why the sigmoid took its place.
public record Heaviside() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.ge(0).asType(x.dtype());
    }
}
