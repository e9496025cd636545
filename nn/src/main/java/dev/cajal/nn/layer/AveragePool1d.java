package dev.cajal.nn.layer;

import java.util.List;

/// Makes [pooling][Pooling] by the mean over sequences, `[batch, length, channels]`.
public final class AveragePool1d {
    private AveragePool1d() {}

    /// A window that moves by its own size, so that places do not overlap.
    ///
    /// @param size of the window along each dimension
    public static Pooling of(int size) {
        return Pooling.of(Pooling.Statistic.AVERAGE, List.of(size));
    }
}
