package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = x` where `x > 0`, else `alpha * (e^x - 1)`; derivative 1 or `f + alpha`: like ReLU, but with outputs whose
/// mean is nearer to 0.
///
/// D.-A. Clevert, T. Unterthiner, S. Hochreiter, *Fast and Accurate Deep Network Learning by Exponential Linear Units
/// (ELUs)*, 2016.
///
/// @param alpha the outputs stay above minus this; usually 1
public record Elu(double alpha) implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return Pieces.exponentialBelowZero(x.asFloating(), alpha);
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
