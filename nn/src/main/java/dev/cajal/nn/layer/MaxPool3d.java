package dev.cajal.nn.layer;

import java.util.List;

/// Makes [pooling][Pooling] by the largest number over volumes or films, `[batch, depth, height, width, channels]`.
public final class MaxPool3d {
    private MaxPool3d() {}

    /// A window that moves by its own size, so that places do not overlap.
    ///
    /// @param size of the window along each dimension
    public static Pooling of(int size) {
        return Pooling.of(Pooling.Statistic.MAX, List.of(size, size, size));
    }
}
