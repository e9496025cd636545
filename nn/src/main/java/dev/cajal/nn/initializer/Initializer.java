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

    /// The first elements of the kernel of a convolution in groups, each of which sees its own channels and makes its own filters: the shape has the channels of a single group, but the filters of all. Only
    /// what depends on how far an input reaches has to know.
    ///
    /// @param groups at least 1
    default Tensor create(RandomKey key, Shape shape, int groups) {
        return create(key, shape);
    }
}
