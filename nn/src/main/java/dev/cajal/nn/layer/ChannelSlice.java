package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;

/// Some of the channels: for networks whose layers do not see all of what the layer before them made.
///
/// - input: `[batch, ..., channels]`
/// - output: `[batch, ..., to - from]`
///
/// @param from the first channel
/// @param to the channel behind the last one
public record ChannelSlice(int from, int to) implements Layer {
    public ChannelSlice {
        Inputs.requireSetting(from >= 0, "The first channel of ChannelSlice", from, "at least 0");
        Inputs.requireSetting(to > from, "The end of ChannelSlice", to, "above its beginning");
    }

    /// Channels `from` (inclusive) to `to` (exclusive).
    public static ChannelSlice of(int from, int to) {
        return new ChannelSlice(from, to);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., channels]");
        if (to > x.dim(-1)) {
            throw new ShapeException("shape.channels", "%sChannelSlice takes channels %s to %s, but there are %s: %s.",
                    Origin.current().prefix(), from, to - 1, x.dim(-1), x.type());
        }
        return x.slice(-1, from, to);
    }
}
