package dev.cajal.nn.optimizer;

import java.util.List;

/// The learning-rate schedules by name. Each record says more.
public final class Schedules {
    private Schedules() {}

    /// See [ConstantRate].
    public static ConstantRate constant(double rate) {
        return ConstantRate.of(rate);
    }

    /// See [WarmUp].
    public static WarmUp warmUp(int steps, Schedule next) {
        return WarmUp.of(steps, next);
    }

    /// All schedules of this package, for whoever writes configurations to files.
    public static List<Class<? extends Record>> types() {
        return List.of(ConstantRate.class, WarmUp.class);
    }
}
