package dev.cajal.nn.layer;

import dev.cajal.nn.activation.Activations;
import java.util.List;

/// Makes [depthwise convolutions][DepthwiseConvolution] over images, `[batch, height, width, channels]`.
public final class DepthwiseConv2d {
    private DepthwiseConv2d() {}

    /// One filter for each channel, without activation.
    ///
    /// @param size of the window along each dimension
    public static DepthwiseConvolution of(int size) {
        return DepthwiseConvolution.of(List.of(size, size), Activations.IDENTITY);
    }
}
