package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;

/// `f(x) = 1.0507 * x` where `x > 0`, else `1.0507 * 1.6733 * (e^x - 1)`: an ELU whose two constants draw the mean of
/// the signals to 0 and their variance to 1, layer after layer, if kernels begin with LeCun's normal distribution
/// (which `Dense` then chooses).
///
/// G. Klambauer et al., *Self-Normalizing Neural Networks*, 2017.
public record Selu() implements Activation {
    private static final double ALPHA = 1.6732632423543772848170429916717;
    private static final double SCALE = 1.0507009873554804934193349852946;

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return Pieces.exponentialBelowZero(x.asFloating(), ALPHA).times(SCALE);
    }

    @Override
    public Initializer kernelInitializer() {
        return Initializers.leCunNormal();
    }
}
