package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// Adds waves to a sequence, so that layers which take it for a set know the order: at position `p`, to number `2 i` of a row of `width`
/// `sin(p / base^(2 i / width))`, to number `2 i + 1` the cosine of the same angle.
///
/// - input, output: `[batch, positions, width]`
///
/// A. Vaswani et al., *Attention Is All You Need*, 2017, section 3.5.
///
/// @param base of the wave lengths
public record SinusoidalPositions(double base) implements Layer {
    public SinusoidalPositions {
        Inputs.requireSetting(base > 1, "The base of SinusoidalPositions", base, "above 1");
    }

    /// With wave lengths up to `2 pi * 10,000`, as in the paper.
    public static SinusoidalPositions of() {
        return new SinusoidalPositions(10_000);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, positions, width]");
        int width = x.dim(-1);
        Tensor places = Tensor.range(x.dim(-2), DType.I32);
        Tensor moved = scope.streaming().map(streaming -> places.plus(streaming.position())).orElse(places);
        int pairs = Math.ceilDiv(width, 2);
        Tensor angles = AttentionPositions.angles(moved, pairs, Math.pow(base, 2.0 * pairs / width),
                AttentionPositions.precision(x));
        Tensor waves = Tensor.concatenate(-1, angles.sin().expandDims(-1), angles.cos().expandDims(-1))
                .reshape(x.dim(-2), 2 * pairs).slice(-1, 0, width);
        return x.plus(waves.asType(x.dtype()));
    }
}
