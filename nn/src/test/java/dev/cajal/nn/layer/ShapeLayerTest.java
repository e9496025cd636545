package dev.cajal.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import org.junit.jupiter.api.Test;

class ShapeLayerTest {
    private static Tensor apply(Layer layer, Tensor x) {
        return layer.apply(layer.init(RandomKey.of(0), x), x, Mode.inference()).output();
    }

    @Test
    void flattenKeepsTheBatchAndTheOrder() {
        Tensor x = Tensor.range(24, DType.F32).reshape(2, 3, 2, 2);
        Tensor y = apply(Flatten.of(), x);
        assertThat(y.shape()).isEqualTo(Shape.of(2, 12));
        assertThat(y.toFloats()).containsExactly(x.toFloats());
        assertThat(apply(Flatten.of(), Tensor.zeros(3)).shape()).isEqualTo(Shape.of(3, 1));
        assertThat(apply(Flatten.of(), Tensor.zeros(0, 4, 5)).shape()).isEqualTo(Shape.of(0, 20));
        assertThatThrownBy(() -> apply(Flatten.of(), Tensor.of(1f))).isInstanceOf(ShapeException.class);
    }

    @Test
    void slicesSayWhatIsThere() {
        assertThat(apply(ChannelSlice.of(1, 3), Tensor.zeros(5, 3)).shape()).isEqualTo(Shape.of(5, 2));
        assertThatThrownBy(() -> apply(ChannelSlice.of(1, 4), Tensor.zeros(5, 3))).isInstanceOf(ShapeException.class)
                .hasMessage("ChannelSlice takes channels 1 to 3, but there are 3: f32[5, 3].");
    }

    @Test
    void reshapeIsAboutOneExample() {
        assertThat(apply(Reshape.of(2, 3), Tensor.zeros(5, 6)).shape()).isEqualTo(Shape.of(5, 2, 3));
        assertThat(apply(Reshape.of(-1, 3), Tensor.zeros(5, 2, 6)).shape()).isEqualTo(Shape.of(5, 4, 3));
        assertThat(apply(Reshape.of(-1), Tensor.zeros(0, 2, 6)).shape()).isEqualTo(Shape.of(0, 12));
        assertThat(apply(Reshape.of(), Tensor.zeros(5, 1)).shape()).isEqualTo(Shape.of(5));
    }

    @Test
    void reshapeExplainsWhatDoesNotFit() {
        assertThatThrownBy(() -> apply(Network.sequential(Reshape.of(28, 28, 1)), Tensor.zeros(5, 783)))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith(
                        "In layer 0: Reshape cannot make [28, 28, 1] of an example of shape [783], which has 783 numbers: the new "
                                + "shape has 784.");
        assertThatThrownBy(() -> apply(Reshape.of(-1, 10), Tensor.zeros(5, 783)))
                .isInstanceOf(ShapeException.class)
                .hasMessageEndingWith("which has 783 numbers: they do not divide by 10.");
        assertThatThrownBy(() -> Reshape.of(-1, -1)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Reshape.of(-2)).isInstanceOf(CajalException.class);
    }
}
