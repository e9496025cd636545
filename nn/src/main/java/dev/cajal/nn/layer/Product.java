package dev.cajal.nn.layer;

import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import java.util.List;

/// Tensors of one shape, multiplied, element by element.
///
/// - input: several of one shape
/// - output: the same shape
public record Product() implements Merge {
    /// The merge.
    public static Product of() {
        return new Product();
    }

    @Override
    public Tensor apply(List<Tensor> inputs, Scope scope) {
        Inputs.requireSameShapes(this, inputs);
        return inputs.stream().reduce(Tensor::times).orElseThrow();
    }
}
