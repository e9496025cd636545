package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x) = clip(x, -1, 1)`; derivative 1 where `|x| < 1`, else 0.
///
/// R. Collobert, *Large Scale Machine Learning*, 2004.
public record HardTanh() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return Pieces.clip(x, -1, 1);
    }
}
