package dev.cajal.nn.layer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.stream.IntStream;

/// How [MultiHeadAttention] knows where its positions are. Attention by itself takes a sequence for a set.
public sealed interface AttentionPositions {
    /// It does not: the positions are in what it gets, see [PositionEmbedding] and [SinusoidalPositions].
    record None() implements AttentionPositions {}

    /// Queries and keys are turned by angles that grow with the position, so that their product depends on how far they are apart: numbers `i` and `i + size / 2`
    /// of a head, taken as a point of the plane, by `position * base^(-2 i / size)`.
    ///
    /// J. Su et al., *RoFormer: Enhanced Transformer with Rotary Position Embedding*, 2021.
    ///
    /// @param base of the wave lengths; 10,000 in the paper
    record Rotary(double base) implements AttentionPositions {
        public Rotary {
            Inputs.requireSetting(base > 1, "The base of rotary positions", base, "above 1");
        }
    }

    /// A score is made smaller by how far query and key are apart, times `2^(-8 (h + 1) / heads)` for head `h`. Without learned positions it also works for sequences longer
    /// than those of the training.
    ///
    /// O. Press, N. A. Smith, M. Lewis, *Train Short, Test Long: Attention with Linear Biases Enables Input Length Extrapolation*, 2022.
    record LinearBias() implements AttentionPositions {}

    /// Queries or keys with their positions in them.
    ///
    /// @param x `[batch, positions, heads, size]`
    /// @param places of the positions, `[positions]`, i32
    default Tensor turn(Tensor x, Tensor places) {
        return switch (this) {
            case Rotary(double base) -> rotated(x, places, base);
            case None _, LinearBias _ -> x;
        };
    }

    private static Tensor rotated(Tensor x, Tensor places, double base) {
        int half = x.dim(-1) / 2;
        Tensor angles = angles(places, half, base, precision(x)).expandDims(1);
        Tensor cos = angles.cos().asType(x.dtype());
        Tensor sin = angles.sin().asType(x.dtype());
        Tensor a = x.slice(-1, 0, half);
        Tensor b = x.slice(-1, half, 2 * half);
        return Tensor.concatenate(-1, a.times(cos).minus(b.times(sin)), b.times(cos).plus(a.times(sin)));
    }

    /// The type to compute positions in: what bf16 makes of them is too coarse.
    static DType precision(Tensor x) {
        return x.dtype() == DType.F64 ? DType.F64 : DType.F32;
    }

    /// `place * base^(-i / count)`, `[places, count]`.
    static Tensor angles(Tensor places, int count, double base, DType dtype) {
        double[] frequencies = IntStream.range(0, count).mapToDouble(i -> Math.pow(base, -(double) i / count))
                .toArray();
        return places.asType(dtype).expandDims(-1).times(Tensor.of(frequencies, Shape.of(count)).asType(dtype));
    }

    /// Scores with their positions in them.
    ///
    /// @param scores `[batch, heads, queries, keys]`
    /// @param distance from query back to key, `[queries, keys]`, i32
    default Tensor shift(Tensor scores, Tensor distance) {
        return switch (this) {
            case LinearBias _ -> scores.minus(
                    distance.abs().asType(scores.dtype()).times(slopes(scores.dim(1)).asType(precision(scores))));
            case None _, Rotary _ -> scores;
        };
    }

    /// One for each head, `[heads, 1, 1]`. Where the heads are no power of two, those of the next smaller power and every other one of the next larger, as the authors' code has it.
    private static Tensor slopes(int heads) {
        int power = Integer.highestOneBit(heads);
        double[] slopes = new double[heads];
        IntStream.range(0, power).forEach(h -> slopes[h] = slope(h + 1, power));
        IntStream.range(power, heads).forEach(h -> slopes[h] = slope(2 * (h - power) + 1, 2 * power));
        return Tensor.of(slopes, Shape.of(heads, 1, 1));
    }

    private static double slope(int number, int heads) {
        return Math.pow(2, -8.0 * number / heads);
    }
}
