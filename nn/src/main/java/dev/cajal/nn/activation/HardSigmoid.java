package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// `f(x) = clip(x / 6 + 1/2, 0, 1)`: three straight lines in place of a sigmoid; derivative 1/6 where `|x| < 3`, else
/// 0.
///
/// The slope is that of A. Howard et al., *Searching for MobileNetV3*, 2019, of PyTorch and of Keras since its third
/// version (0.2 before).
public record HardSigmoid() implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return Pieces.clip(x.asFloating(), -3, 3).div(6).plus(0.5);
    }

    @Override
    public boolean givesProbabilities() {
        return true;
    }
}
