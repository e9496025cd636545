package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;

/// One position of a sequence.
///
/// - input: `[batch, positions, width]`
/// - output: `[batch, width]`
///
/// @param position from 0; below 0 counted from the end, -1 being the last one
public record PositionSlice(int position) implements Layer {
    /// The position with this number.
    public static PositionSlice of(int position) {
        return new PositionSlice(position);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, positions, width]");
        int at = position < 0 ? x.dim(1) + position : position;
        if (at < 0 || at >= x.dim(1)) {
            throw new ShapeException("shape.position-slice",
                    "%sThere is no position %s in a sequence of %s positions: %s.",
                    Origin.current().prefix(), position, x.dim(1), x.type());
        }
        return x.slice(1, at, at + 1).squeeze(1);
    }
}
