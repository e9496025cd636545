package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.activation.Activations;
import java.util.List;

/// Makes [transposed convolutions][TransposedConvolution] over images, `[batch, height, width, channels]`.
public final class ConvTranspose2d {
    private ConvTranspose2d() {}

    /// Without activation.
    ///
    /// @param size of the window along each dimension
    public static TransposedConvolution of(int filters, int size) {
        return of(filters, size, Activations.IDENTITY);
    }

    /// With an activation, which chooses how the kernel begins ([Activation#kernelInitializer]).
    ///
    /// @param size of the window along each dimension
    public static TransposedConvolution of(int filters, int size, Activation activation) {
        return TransposedConvolution.of(filters, List.of(size, size), activation);
    }
}
