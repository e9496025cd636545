package dev.cajal.nn.layer;

import dev.cajal.nn.activation.Activations;
import java.util.List;

/// Makes [depthwise convolutions][DepthwiseConvolution] over sequences, `[batch, length, channels]`.
public final class DepthwiseConv1d {
    private DepthwiseConv1d() {}

    /// One filter for each channel, without activation.
    ///
    /// @param size of the window along each dimension
    public static DepthwiseConvolution of(int size) {
        return DepthwiseConvolution.of(List.of(size), Activations.IDENTITY);
    }
}
