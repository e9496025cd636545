package dev.cajal.nn.loss;

import java.util.List;

/// The losses by name. Each record says more.
public final class Losses {
    private Losses() {}

    /// See [MeanSquaredError].
    public static MeanSquaredError meanSquaredError() {
        return new MeanSquaredError();
    }

    /// See [QuadraticCost].
    public static QuadraticCost quadraticCost() {
        return new QuadraticCost();
    }

    /// See [MeanAbsoluteError].
    public static MeanAbsoluteError meanAbsoluteError() {
        return new MeanAbsoluteError();
    }

    /// See [Huber].
    public static Huber huber(double delta) {
        return Huber.of(delta);
    }

    /// See [LogCosh].
    public static LogCosh logCosh() {
        return new LogCosh();
    }

    /// From logits; see [BinaryCrossEntropy].
    public static BinaryCrossEntropy binaryCrossEntropy() {
        return BinaryCrossEntropy.of();
    }

    /// From logits, for sparse and dense targets; see [CategoricalCrossEntropy].
    public static CategoricalCrossEntropy categoricalCrossEntropy() {
        return CategoricalCrossEntropy.of();
    }

    /// See [Hinge].
    public static Hinge hinge() {
        return new Hinge(false);
    }

    /// See [Hinge].
    public static Hinge squaredHinge() {
        return new Hinge(true);
    }

    /// See [MultiClassHinge].
    public static MultiClassHinge multiClassHinge() {
        return MultiClassHinge.of();
    }

    /// From logits; see [KullbackLeibler].
    public static KullbackLeibler kullbackLeibler() {
        return new KullbackLeibler();
    }

    /// From logarithms of rates; see [Poisson].
    public static Poisson poisson() {
        return Poisson.of();
    }

    /// See [CosineDistance].
    public static CosineDistance cosineDistance() {
        return CosineDistance.of();
    }

    /// All losses of this package, for whoever writes configurations to files.
    public static List<Class<? extends Record>> types() {
        return List.of(
                MeanSquaredError.class,
                QuadraticCost.class,
                MeanAbsoluteError.class,
                Huber.class,
                LogCosh.class,
                BinaryCrossEntropy.class,
                CategoricalCrossEntropy.class,
                Hinge.class,
                MultiClassHinge.class,
                KullbackLeibler.class,
                Poisson.class,
                CosineDistance.class);
    }
}
