package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// In training, adds normal noise to each number; in prediction, does nothing.
///
/// - input, output: `[batch, ...]`
///
/// C. M. Bishop, *Training with Noise is Equivalent to Tikhonov Regularization*, 1995.
///
/// @param deviation the noise's standard deviation
public record GaussianNoise(double deviation) implements Layer {
    public GaussianNoise {
        Inputs.requireSetting(deviation >= 0 && Double.isFinite(deviation), "The deviation of GaussianNoise",
                deviation, "at least 0");
    }

    /// Noise of the given standard deviation.
    public static GaussianNoise of(double deviation) {
        return new GaussianNoise(deviation);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        if (!scope.isTraining()) {
            return x;
        }
        Tensor wide = x.asFloating();
        return wide.plus(scope.key().normal(x.shape()).times(deviation).asType(wide.dtype()));
    }
}
