package dev.cajal.nn.metric;

import java.util.List;

/// The metrics by name. Each record says more.
public final class Metrics {
    private Metrics() {}

    /// The share of right answers; see [Accuracy].
    public static Accuracy accuracy() {
        return Accuracy.of();
    }

    /// All metrics of this package, for whoever writes configurations to files.
    public static List<Class<? extends Record>> types() {
        return List.of(Accuracy.class);
    }
}
