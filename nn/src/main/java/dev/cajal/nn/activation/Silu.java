package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = x * sigmoid(x)`; derivative `s + f * (1 - s)` with `s = sigmoid(x)`. Also called swish.
///
/// S. Elfwing, E. Uchibe, K. Doya, *Sigmoid-Weighted Linear Units for Neural Network Function Approximation in
/// Reinforcement Learning*, 2017.
public record Silu() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.asFloating().times(x.sigmoid());
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
