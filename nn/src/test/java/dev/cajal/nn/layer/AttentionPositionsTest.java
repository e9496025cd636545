package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import org.junit.jupiter.api.Test;

/// Positions have the precision of what they are added to, and distances are whole numbers whatever that is.
class AttentionPositionsTest {
    @Test
    void slopesOfDoublesAreDoubles() {
        Tensor shifted = new AttentionPositions.LinearBias().shift(Tensor.zeros(DType.F64, Shape.of(1, 12, 1, 1)),
                Tensor.full(DType.I32, Shape.of(1, 1), 3));
        double[] expected = new double[12];
        for (int h = 0; h < 12; h++) {
            expected[h] = -3 * Math.pow(2, h < 8 ? -(h + 1) : -(2 * (h - 8) + 1) / 2.0);
        }
        assertThat(shifted.toDoubles()).containsExactly(expected);
    }

    /// From 256 on, bf16 has no odd numbers.
    @Test
    void longDistancesAreExactForShortNumbers() {
        Tensor shifted = new AttentionPositions.LinearBias().shift(Tensor.zeros(DType.BF16, Shape.of(1, 1, 1, 4)),
                Tensor.of(new int[] {255, 256, 257, 1003}, Shape.of(1, 4)));
        assertThat(shifted.toFloats()).containsExactly(-255f / 256, -1, -257f / 256, -1003f / 256);
    }

    @Test
    void attentionOfShortNumbersGivesShortNumbers() {
        onAllBackends(() -> {
            Layer layer = MultiHeadAttention.causal(2).withPositions(new AttentionPositions.LinearBias());
            Tensor x = RandomKey.of(2).normal(Shape.of(2, 20, 8)).asType(DType.BF16);
            Variables variables = layer.init(RandomKey.of(1), x);
            Variables narrow = Tree.map(variables, tensor -> tensor.asType(DType.BF16));
            Tensor expected = layer.apply(variables, x.asType(DType.F32), Mode.inference()).output();
            Tensor found = layer.apply(narrow, x, Mode.inference()).output();
            assertThat(found.dtype()).isEqualTo(DType.BF16);
            assertThat(found.toFloats()).containsExactly(expected.toFloats(), within(0.05f));
        });
    }

    @Test
    void wavesOfDoublesAreDoubles() {
        Layer layer = SinusoidalPositions.of();
        Tensor x = Tensor.zeros(DType.F64, Shape.of(1, 50, 6));
        double[] waves = layer.apply(layer.init(RandomKey.of(0), x), x, Mode.inference()).output().toDoubles();
        for (int p = 0; p < 50; p++) {
            for (int i = 0; i < 6; i++) {
                double angle = p / Math.pow(10_000, (i - i % 2) / 6.0);
                assertThat(waves[6 * p + i]).isCloseTo(i % 2 == 0 ? Math.sin(angle) : Math.cos(angle), within(1e-13));
            }
        }
    }
}
