package dev.cajal.golden;

import dev.cajal.nn.loss.Loss;
import dev.cajal.tensor.Tensor;

/// A loss of quantities for classes: the network is to give 1 for the right class and 0 for the others.
record OneHotTarget(Loss loss) implements Loss {
    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        return loss.perExample(prediction, target.oneHot(prediction.dim(-1), prediction.dtype()));
    }
}
