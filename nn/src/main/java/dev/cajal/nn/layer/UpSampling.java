package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.stream.IntStream;

/// Makes images `factor` times larger along each spatial dimension, without parameters.
///
/// - input: `[batch, spatial..., channels]`
/// - output: `[batch, factor * spatial..., channels]`
///
/// Between a token and padding nothing can be interpolated, so inside of [Padded] sequences are made longer by repetition only.
///
/// @param factor how many times
/// @param method what stands between the elements
public record UpSampling(int factor, Method method) implements Layer {
    /// What stands between the elements of the input.
    public enum Method {
        /// The nearest one.
        NEAREST,
        /// A mixture of the two that are nearest along each dimension, by their distance; pixels are areas, and beyond the first and the last ones stand these
        /// (PyTorch's `align_corners=False`).
        LINEAR
    }

    public UpSampling {
        Inputs.requirePositive("The factor of UpSampling", factor);
    }

    /// Repeats elements.
    public static UpSampling nearest(int factor) {
        return new UpSampling(factor, Method.NEAREST);
    }

    /// Interpolates.
    public static UpSampling linear(int factor) {
        return new UpSampling(factor, Method.LINEAR);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, spatial..., channels]");
        if (method == Method.LINEAR) {
            Inputs.requireNotPadded(this, x, scope, "Use UpSampling.nearest.");
        }
        Tensor larger = method == Method.LINEAR ? Inputs.wide(x) : x;
        for (int axis = 1; axis < x.shape().rank() - 1; axis++) {
            larger = switch (method) {
                case NEAREST -> repeat(larger, axis);
                case LINEAR -> interpolate(larger, axis);
            };
        }
        return method == Method.LINEAR ? Inputs.narrow(larger, x) : larger;
    }

    private Tensor repeat(Tensor x, int axis) {
        Shape each = x.shape().insert(axis + 1, factor);
        return x.expandDims(axis + 1).broadcastTo(each).reshape(x.shape().withDim(axis, x.dim(axis) * factor));
    }

    /// Each element becomes `factor` elements, whose middles lie before or behind its own: by so much they are moved towards the neighbour on that side.
    private Tensor interpolate(Tensor x, int axis) {
        int length = x.dim(axis);
        double[] away = IntStream.range(0, factor).mapToDouble(i -> (i + 0.5) / factor - 0.5).toArray();
        int[] ones = IntStream.rangeClosed(0, x.shape().rank()).map(_ -> 1).toArray();
        Shape each = Shape.of(ones).withDim(axis + 1, factor);
        Tensor offset = Tensor.of(away, each).asType(x.dtype());
        int edge = Math.min(1, length);
        Tensor before = Tensor.concatenate(axis, x.slice(axis, 0, edge), x.slice(axis, 0, length - edge));
        Tensor behind = Tensor.concatenate(axis, x.slice(axis, edge, length), x.slice(axis, length - edge, length));
        Tensor own = x.expandDims(axis + 1);
        Tensor neighbour = offset.lt(0).choose(before.expandDims(axis + 1), behind.expandDims(axis + 1));
        return own.plus(neighbour.minus(own).times(offset.abs())).reshape(x.shape().withDim(axis, length * factor));
    }
}
