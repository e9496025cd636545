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

    /// See [AdamW].
    public static AdamW adamW(double learningRate) {
        return AdamW.of(learningRate);
    }

    /// See [NAdam].
    public static NAdam nadam(double learningRate) {
        return NAdam.of(learningRate);
    }

    /// See [RAdam].
    public static RAdam radam(double learningRate) {
        return RAdam.of(learningRate);
    }

    /// See [RmsProp].
    public static RmsProp rmsProp(double learningRate) {
        return RmsProp.of(learningRate);
    }

    /// See [Adagrad].
    public static Adagrad adagrad(double learningRate) {
        return Adagrad.of(learningRate);
    }

    /// At a rate of 1; see [Adadelta].
    public static Adadelta adadelta() {
        return Adadelta.of();
    }

    /// See [Lion].
    public static Lion lion(double learningRate) {
        return Lion.of(learningRate);
    }

    /// See [Lamb].
    public static Lamb lamb(double learningRate) {
        return Lamb.of(learningRate);
    }

    /// All optimizers of this package, and what wraps around them, for whoever writes configurations to files.
    public static List<Class<? extends Record>> types() {
        return List.of(
                Sgd.class,
                Adam.class,
                AdamW.class,
                NAdam.class,
                RAdam.class,
                RmsProp.class,
                Adagrad.class,
                Adadelta.class,
                Lion.class,
                Lamb.class,
                ClipByValue.class,
                ClipByGlobalNorm.class,
                L1Penalty.class,
                L2Penalty.class,
                WeightDecay.class,
                MaxNorm.class,
                Averaged.class,
                ParameterSelection.class);
    }
}
