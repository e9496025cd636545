package dev.cajal.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
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
                .hasMessageContaining("window of 2 x 2").hasMessageContaining("padded by [2, 2] before and [2, 2] after")
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
}
