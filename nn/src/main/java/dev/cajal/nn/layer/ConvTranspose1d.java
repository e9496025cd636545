package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.activation.Activations;
import java.util.List;

/// Makes [transposed convolutions][TransposedConvolution] over sequences, `[batch, length, channels]`.
public final class ConvTranspose1d {
    private ConvTranspose1d() {}

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
        return TransposedConvolution.of(filters, List.of(size), activation);
    }
}
