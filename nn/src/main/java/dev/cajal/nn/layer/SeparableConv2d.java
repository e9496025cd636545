package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;

/// Makes separable convolutions over images, `[batch, height, width, channels]`: a [depthwise][DepthwiseConvolution] one, which looks at space and not at
/// channels, and one of a single element behind it, which looks at channels and not at space.
///
/// F. Chollet, *Xception: Deep Learning with Depthwise Separable Convolutions*, 2017.
public final class SeparableConv2d {
    private SeparableConv2d() {}

    /// With same padding.
    ///
    /// @param size of the window along each dimension
    public static Layer of(int filters, int size, Activation activation) {
        return Sequential.of(
                DepthwiseConv2d.of(size).withSamePadding().withoutBias(), Conv2d.of(filters, 1, activation));
    }
}
