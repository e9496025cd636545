package dev.cajal.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Windows that slide over images: what they cannot do.
class WindowTest {
    private static Tensor apply(Layer layer, Tensor x) {
        return layer.apply(layer.init(RandomKey.of(0), x), x, Mode.inference()).output();
    }

    /// There the mean would be 0/0, and the largest number an infinity.
    @Test
    void poolingNeverSeesPaddingAlone() {
        assertThatThrownBy(() -> AveragePool2d.of(2).withPadding(2)).isInstanceOf(CajalException.class)
                .hasMessageContaining("window of 2 x 2")
                .hasMessageContaining("padded by [2, 2] before and [2, 2] after")
                .hasMessageContaining("withSamePadding()");
        assertThatThrownBy(() -> MaxPool1d.of(3).withPadding(new Padding.Explicit(List.of(0), List.of(3))))
                .isInstanceOf(CajalException.class).hasMessageContaining("[0] before and [3] after");
        for (Layer most : List.of(AveragePool2d.of(2).withPadding(1), MaxPool2d.of(3).withPadding(2).withStrides(1),
                MaxPool2d.of(4).withSamePadding().withStrides(1))) {
            for (int length = 1; length < 5; length++) {
                assertThat(apply(most, Tensor.ones(1, length, length, 1)).toFloats()).containsOnly(1);
            }
        }
    }

    @Test
    void poolingByAWindowWithHolesSeesSomethingToo() {
        Padding two = Padding.of(1, 2);
        Layer holes = new Pooling(Pooling.Statistic.MAX,
                new SlidingWindow(List.of(2), List.of(1), two, List.of(3)));
        assertThat(apply(holes, Tensor.ones(1, 3, 1)).toFloats()).containsOnly(1).hasSize(4);
        assertThatThrownBy(() -> apply(Network.sequential(holes), Tensor.ones(1, 1, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("In layer 0: Pooling with a window of 4, its elements [3] apart")
                .hasMessageContaining("place 0 of dimension 1 of f32[1, 1, 1]");
    }

    @Test
    void aTransposedConvolutionLeavesSomething() {
        Tensor x = Tensor.ones(1, 2, 3, 1);
        assertThatThrownBy(() -> apply(Network.sequential(ConvTranspose2d.of(1, 3).withPadding(2)), x))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(
                        "In layer 0: TransposedConvolution makes 4 elements of dimension 1 of f32[1, 2, 3, 1]")
                .hasMessageContaining("leaves none").hasMessageContaining("withSamePadding()");
        // Of 4 and 5 sums, the outer ones cut off.
        Layer most = ConvTranspose2d.of(1, 3).withKernel(Initializers.ones())
                .withPadding(new Padding.Explicit(List.of(3, 0), List.of(0, 4)));
        assertThat(apply(most, x)).satisfies(left -> {
            assertThat(left.shape()).isEqualTo(Shape.of(1, 1, 1, 1));
            assertThat(left.item()).isEqualTo(1);
        });
        assertThatThrownBy(() -> apply(ConvTranspose1d.of(1, 3).withSamePadding(), Tensor.ones(1, 0, 1)))
                .isInstanceOf(ShapeException.class).hasMessageContaining("makes 0 elements");
    }

    /// By the definition: what stands in the middle of an output pixel, between the middles of two input pixels.
    @Test
    void linearUpSamplingInterpolates() {
        for (int factor = 1; factor < 6; factor++) {
            for (int length = 1; length < 5; length++) {
                double[] numbers = {3, -1, 0.5, 8};
                Tensor x = Tensor.of(Arrays.copyOf(numbers, length), Shape.of(1, length, 1));
                double[] larger = apply(UpSampling.linear(factor), x).toDoubles();
                assertThat(larger).hasSize(length * factor);
                for (int i = 0; i < larger.length; i++) {
                    double at = Math.clamp((i + 0.5) / factor - 0.5, 0, length - 1.0);
                    int left = (int) at;
                    int right = Math.min(left + 1, length - 1);
                    assertThat(larger[i]).isCloseTo(
                            numbers[left] * (1 - (at - left)) + numbers[right] * (at - left), within(1e-14));
                }
            }
        }
    }

    /// A matrix of all weights, nearly all of them 0, would have 9 billion numbers here.
    @Test
    void linearUpSamplingOfALongSequenceIsCheap() {
        Tensor x = Tensor.range(55_000, DType.F32).reshape(1, -1, 1);
        float[] longer = apply(UpSampling.linear(3), x).toFloats();
        assertThat(longer).hasSize(165_000);
        assertThat(longer[3 * 54_000]).isCloseTo(54_000 - 1f / 3, within(0.01f));
    }
}
