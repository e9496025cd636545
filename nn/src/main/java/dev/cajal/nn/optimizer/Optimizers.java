package dev.cajal.nn.optimizer;

import java.util.List;

/// The optimizers by name, at a constant learning rate and with the settings of their papers. Each record says more.
public final class Optimizers {
    private Optimizers() {}

    /// Plain gradient descent; see [Sgd].
    public static Sgd sgd(double learningRate) {
        return Sgd.of(learningRate);
    }

    /// Gradient descent with momentum; see [Sgd].
    public static Sgd momentum(double learningRate, double momentum) {
        return Sgd.of(learningRate).withMomentum(momentum);
    }

    /// Gradient descent with Nesterov's momentum; see [Sgd].
    public static Sgd nesterov(double learningRate, double momentum) {
        return momentum(learningRate, momentum).withNesterov(true);
    }

    /// See [Adam].
    public static Adam adam(double learningRate) {
        return Adam.of(learningRate);
    }

    /// Adam with the largest mean of squares so far; see [Adam].
    public static Adam amsGrad(double learningRate) {
        return Adam.of(learningRate).withAmsGrad(true);
    }

    /// All optimizers of this package, and what wraps around them, for whoever writes configurations to files.
    public static List<Class<? extends Record>> types() {
        return List.of(
                Sgd.class,
                Adam.class,
                ClipByValue.class,
                ClipByGlobalNorm.class,
                L1Penalty.class,
                L2Penalty.class,
                WeightDecay.class,
                Averaged.class,
                ParameterSelection.class);
    }
}
