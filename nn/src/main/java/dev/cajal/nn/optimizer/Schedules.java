package dev.cajal.nn.optimizer;

import java.util.List;

/// The learning-rate schedules by name. Each record says more.
public final class Schedules {
    private Schedules() {}

    /// See [ConstantRate].
    public static ConstantRate constant(double rate) {
        return ConstantRate.of(rate);
    }

    /// See [StepDecay].
    public static StepDecay step(double rate, double factor, int steps) {
        return StepDecay.of(rate, factor, steps);
    }

    /// See [PiecewiseConstant].
    public static PiecewiseConstant piecewise(List<Integer> boundaries, List<Double> rates) {
        return PiecewiseConstant.of(boundaries, rates);
    }

    /// See [ExponentialDecay].
    public static ExponentialDecay exponential(double rate, double factor, int steps) {
        return ExponentialDecay.of(rate, factor, steps);
    }

    /// A straight line to zero; see [PolynomialDecay].
    public static PolynomialDecay linear(double rate, int steps) {
        return PolynomialDecay.linear(rate, steps);
    }

    /// To zero; see [PolynomialDecay].
    public static PolynomialDecay polynomial(double rate, double power, int steps) {
        return PolynomialDecay.of(rate, power, steps);
    }

    /// To zero; see [CosineDecay].
    public static CosineDecay cosine(double rate, int steps) {
        return CosineDecay.of(rate, steps);
    }

    /// To zero, again and again; see [CosineRestarts].
    public static CosineRestarts cosineRestarts(double rate, int steps) {
        return CosineRestarts.of(rate, steps);
    }

    /// See [OneCycle].
    public static OneCycle oneCycle(double peak, int steps) {
        return OneCycle.of(peak, steps);
    }

    /// See [WarmUp].
    public static WarmUp warmUp(int steps, Schedule next) {
        return WarmUp.of(steps, next);
    }

    /// All schedules of this package, [Plateau] and its state included, for whoever writes configurations to files.
    public static List<Class<? extends Record>> types() {
        return List.of(
                ConstantRate.class,
                StepDecay.class,
                PiecewiseConstant.class,
                ExponentialDecay.class,
                PolynomialDecay.class,
                CosineDecay.class,
                CosineRestarts.class,
                OneCycle.class,
                WarmUp.class,
                Plateau.class,
                Plateau.PlateauState.class);
    }
}
