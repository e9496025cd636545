package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.activation.Activations;
import java.util.List;

/// Makes [convolutions][Convolution] over sequences, `[batch, length, channels]`.
public final class Conv1d {
    private Conv1d() {}

    /// Without activation, and without padding.
    ///
    /// @param size of the window along each dimension
    public static Convolution of(int filters, int size) {
        return of(filters, size, Activations.IDENTITY);
    }

    /// With an activation, which chooses how the kernel begins ([Activation#kernelInitializer]).
    ///
    /// @param size of the window along each dimension
    public static Convolution of(int filters, int size, Activation activation) {
        return Convolution.of(filters, List.of(size), activation);
    }
}
