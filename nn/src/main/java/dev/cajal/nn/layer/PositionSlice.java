package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.ShapeException;
import java.util.Optional;

/// One position of a sequence.
///
/// - input: `[batch, positions, width]`
/// - output: `[batch, width]`
///
/// Inside of [Padded], the last position is that of the last token. Where a sequence has fewer tokens than are counted from its end, the output is 0.
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
        Optional<Tensor> present = position < 0 ? Inputs.present(x, scope) : Optional.empty();
        return present.map(some -> fromTheEnd(x, some)).orElseGet(() -> x.slice(1, at, at + 1).squeeze(1));
    }

    private Tensor fromTheEnd(Tensor x, Tensor present) {
        Tensor fromHereOn = present.asType(DType.I32).flip(1).cumulativeSum(1).flip(1);
        return present.and(fromHereOn.eq(-position)).expandDims(-1).choose(x, 0).sum(1);
    }
}
