package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;

/// A frame around pictures, of one number: for images whose background is not 0, which is what convolutions put around them.
///
/// - input: `[batch, ..., channels]` with one, two or three dimensions between
/// - output: each of these dimensions longer by `2 * elements`
///
/// @param elements on each side of each dimension between batch and channels
/// @param value of them
public record ConstantPadding(int elements, double value) implements Layer {
    public ConstantPadding {
        Inputs.requirePositive("The number of elements of ConstantPadding", elements);
    }

    /// So many elements of a value.
    public static ConstantPadding of(int elements, double value) {
        return new ConstantPadding(elements, value);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, ..., channels]");
        Tensor padded = x;
        for (int axis = 1; axis < x.shape().rank() - 1; axis++) {
            padded = padded.pad(axis, elements, elements, value);
        }
        return padded;
    }
}
