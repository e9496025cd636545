package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;

/// Adds a learned row of numbers to each position of a sequence, so that layers which take it for a set know the order.
///
/// - input, output: `[batch, positions, width]`
/// - parameters: `table` `[count, width]`
///
/// J. Gehring et al., *Convolutional Sequence to Sequence Learning*, 2017.
///
/// @param count the most positions of a sequence
/// @param table the table's first elements
public record PositionEmbedding(int count, Initializer table) implements Layer {
    public PositionEmbedding {
        Inputs.requirePositive("The count of positions of PositionEmbedding", count);
    }

    /// For sequences of up to so many positions.
    public static PositionEmbedding of(int count) {
        return new PositionEmbedding(count, Initializers.normal(0.02));
    }

    /// The same with other first elements.
    public PositionEmbedding withTable(Initializer initializer) {
        return new PositionEmbedding(count, initializer);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, positions, width]");
        int positions = x.dim(-2);
        if (positions > count) {
            throw new ShapeException("shape.positions",
                    "%sPositionEmbedding knows %s positions, but got a sequence of %s: %s. Make it for longer sequences, or give shorter ones.",
                    Origin.current().prefix(), count, positions, x.type());
        }
        Tensor rows = scope.parameter("table", Shape.of(count, x.dim(-1)), table);
        return x.plus(scope.streaming()
                .map(streaming -> rows.take(Tensor.range(positions, DType.I32).plus(streaming.position())))
                .orElseGet(() -> rows.slice(0, 0, positions)));
    }
}
