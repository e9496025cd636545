package dev.cajal.nn.activation;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.VarianceScaling;
import dev.cajal.nn.initializer.VarianceScaling.Distribution;
import dev.cajal.nn.initializer.VarianceScaling.Fan;
import dev.cajal.tensor.Tensor;

/// `f(x) = x` where `x > 0`, else `slope * x`; derivative 1 or `slope` (at 0 too): units that are off still learn.
///
/// A. L. Maas, A. Y. Hannun, A. Y. Ng, *Rectifier Nonlinearities Improve Neural Network Acoustic Models*, 2013.
///
/// @param slope for negative numbers, usually 0.01
public record LeakyRelu(double slope) implements Activation {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.gt(0).choose(x, x.times(slope));
    }

    @Override
    public Initializer kernelInitializer() {
        // He et al. 2015, equation 15: half of the variance is passed at slope 0, all of it at slope 1.
        return new VarianceScaling(2 / (1 + slope * slope), Fan.IN, Distribution.TRUNCATED_NORMAL);
    }
}
