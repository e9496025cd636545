package dev.cajal.nn.initializer;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// Gives a parameter its first elements, f32.
///
/// Implementations are records, so that a layer's configuration can be written to a file.
@FunctionalInterface
public interface Initializer {
    /// The first elements of a parameter. Depends on nothing but the arguments.
    Tensor create(RandomKey key, Shape shape);
}
