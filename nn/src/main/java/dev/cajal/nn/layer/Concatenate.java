package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;

/// Tensors one after the other along an axis; all other dimensions have to agree.
///
/// - input: several of `[batch, ..., features]`
/// - output: `[batch, ..., sum of the features]` for the last axis
///
/// @param axis usually -1, the last
public record Concatenate(int axis) implements Merge {
    /// Along the last axis.
    public static Concatenate of() {
        return new Concatenate(-1);
    }

    /// Along an axis; negative ones count from the end.
    public static Concatenate of(int axis) {
        return new Concatenate(axis);
    }

    @Override
    public Tensor apply(List<Tensor> inputs, Scope scope) {
        Inputs.requireSome(this, inputs);
        Shape first = others(inputs.getFirst());
        for (Tensor input : inputs) {
            if (!others(input).equals(first)) {
                throw new ShapeException(
                        "shape.concatenate-layer",
                        "%sConcatenate joins tensors that differ along axis %s only, but got shapes %s.",
                        Origin.current().prefix(),
                        axis,
                        inputs.stream().map(Tensor::shape).toList());
            }
        }
        return Tensor.concatenate(axis, inputs);
    }

    private Shape others(Tensor input) {
        return input.shape().without(List.of(input.shape().axis(axis)));
    }
}
