package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// Puts a learned row of numbers in front of a sequence, in which attention can gather what concerns all of it.
///
/// - input: `[batch, positions, width]`
/// - output: `[batch, 1 + positions, width]`
/// - parameters: `row` `[1, width]`
///
/// J. Devlin et al., *BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding*, 2019.
///
/// @param row the row's first elements
public record ClassToken(Initializer row) implements Layer {
    /// A row that begins with zeros.
    public static ClassToken of() {
        return new ClassToken(Initializers.zeros());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, positions, width]");
        Tensor token = scope.parameter("row", Shape.of(1, x.dim(-1)), row).asType(x.dtype());
        return Tensor.concatenate(1, token.expandDims(0).broadcastTo(Shape.of(x.dim(0), 1, x.dim(-1))), x);
    }
}
