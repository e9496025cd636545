package dev.cajal.nn.layer;

import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import java.util.List;

/// Tensors of one shape, added up.
///
/// - input: several of one shape
/// - output: the same shape
public record Sum() implements Merge {
    /// The merge.
    public static Sum of() {
        return new Sum();
    }

    @Override
    public Tensor apply(List<Tensor> inputs, Scope scope) {
        Inputs.requireSameShapes(this, inputs);
        return inputs.stream().reduce(Tensor::plus).orElseThrow();
    }
}
