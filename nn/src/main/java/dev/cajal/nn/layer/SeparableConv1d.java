package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;

/// Makes separable convolutions over sequences, `[batch, length, channels]`: a [depthwise][DepthwiseConvolution] one, which looks at space and not at
/// channels, and one of a single element behind it, which looks at channels and not at space.
///
/// F. Chollet, *Xception: Deep Learning with Depthwise Separable Convolutions*, 2017.
public final class SeparableConv1d {
    private SeparableConv1d() {}

    /// With same padding.
    ///
    /// @param size of the window along each dimension
    public static Layer of(int filters, int size, Activation activation) {
        return Sequential.of(
                DepthwiseConv1d.of(size).withSamePadding().withoutBias(), Conv1d.of(filters, 1, activation));
    }
}
