package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = clip(x, 0, 6)`; derivative 1 where `0 < x < 6`, else 0.
///
/// Numbers that stay small keep their digits where there are few of them. A. Krizhevsky, *Convolutional Deep Belief Networks on CIFAR-10*, 2010.
public record Relu6() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return Pieces.clip(x, 0, 6);
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.heNormal();
    }
}
