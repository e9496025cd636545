package dev.cajal.nn.layer;

import java.util.List;

/// Makes [pooling][Pooling] by the largest number over images, `[batch, height, width, channels]`.
public final class MaxPool2d {
    private MaxPool2d() {}

    /// A window that moves by its own size, so that places do not overlap.
    ///
    /// @param size of the window along each dimension
    public static Pooling of(int size) {
        return Pooling.of(Pooling.Statistic.MAX, List.of(size, size));
    }
}
