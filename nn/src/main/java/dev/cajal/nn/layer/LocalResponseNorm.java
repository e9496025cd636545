package dev.cajal.nn.layer;

import dev.cajal.ir.Window;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import java.util.List;

/// `x / (k + alpha / size * s)^beta`, where `s` is the sum of the squares of `size` neighbouring channels at the same position, the own one in the middle; beyond
/// the first and the last channel there are zeros.
///
/// - input, output: `[batch, ..., channels]`
///
/// As PyTorch's; AlexNet's paper, where it comes from, does not divide alpha by the size. A. Krizhevsky, I. Sutskever, G. E. Hinton, *ImageNet Classification with Deep
/// Convolutional Neural Networks*, 2012, section 3.3.
///
/// @param size number of channels
/// @param alpha weight of the squares
/// @param beta exponent
/// @param k constant
public record LocalResponseNorm(int size, double alpha, double beta, double k) implements Layer {
    public LocalResponseNorm {
        Inputs.requirePositive("The size of LocalResponseNorm", size);
        Inputs.requireSetting(k > 0, "The constant k of LocalResponseNorm", k, "above 0");
    }

    /// AlexNet's: five channels, alpha 1e-4 for each of them, beta 0.75, k 2.
    public static LocalResponseNorm of() {
        return new LocalResponseNorm(5, 5e-4, 0.75, 2);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., channels]");
        Tensor wide = Inputs.wide(x);
        Window neighbours = Window.of(List.of(size)).withPadding(List.of(size / 2), List.of((size - 1) / 2));
        Tensor squares = wide.square().reshape(-1, x.dim(-1), 1).sumPool(neighbours).reshape(x.shape());
        return Inputs.narrow(wide.times(squares.times(alpha / size).plus(k).pow(-beta)), x);
    }
}
