package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Variables;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DenseTest {
    private static final RandomKey KEY = RandomKey.of(1);

    @Test
    void itsRecordSaysHowItBegins() {
        assertThat(Dense.of(8, RELU).kernel()).isEqualTo(Initializers.heNormal());
        assertThat(Dense.of(8, SELU).kernel()).isEqualTo(Initializers.leCunNormal());
        assertThat(Dense.of(8, TANH).kernel()).isEqualTo(Initializers.glorotUniform());
        assertThat(Dense.of(8).kernel()).isEqualTo(Initializers.glorotUniform());
        assertThat(Dense.of(8).bias()).contains(Initializers.zeros());
        assertThat(Dense.of(8).withKernel(Initializers.ones()).withBias(Initializers.constant(3)))
                .isEqualTo(new Dense(8, IDENTITY, Initializers.ones(), Optional.of(Initializers.constant(3))));
    }

    @Test
    void sumsByHand() {
        Dense dense = Dense.of(2).withKernel(Initializers.ones()).withBias(Initializers.constant(10));
        Tensor x = Tensor.of(new float[][] {{1, 2, 3}, {-1, 0, 1}});
        Tensor y = dense.apply(dense.init(KEY, x), x, Mode.inference()).output();
        assertThat(y.toFloats()).containsExactly(16, 16, 10, 10);
    }

    @Test
    void parametersAreNamed() {
        Variables variables = Dense.of(5, PRELU).init(KEY, Tensor.zeros(1, 3));
        assertThat(variables.parameters().keySet()).containsExactly("kernel", "bias", "activation/slope");
        assertThat(variables.parameters().get("kernel").shape()).isEqualTo(Shape.of(3, 5));
        assertThat(variables.parameters().get("bias").shape()).isEqualTo(Shape.of(5));
        assertThat(variables.parameters().get("activation/slope").shape()).isEqualTo(Shape.of(5));
        assertThat(variables.parameterCount()).isEqualTo(25);
        assertThat(variables.statistics()).isEmpty();
        assertThat(Dense.of(5).withoutBias().init(KEY, Tensor.zeros(1, 3)).parameters().keySet())
                .containsExactly("kernel");
    }

    @Test
    void worksOnTheLastDimension() {
        Dense dense = Dense.of(5, RELU);
        Tensor images = Tensor.zeros(2, 4, 4, 3);
        Variables variables = dense.init(KEY, images);
        assertThat(variables.parameters().get("kernel").shape()).isEqualTo(Shape.of(3, 5));
        assertThat(dense.apply(variables, images, Mode.inference()).output().shape()).isEqualTo(Shape.of(2, 4, 4, 5));
    }

    @Test
    void takesWholeNumbers() {
        Dense dense = Dense.of(2).withKernel(Initializers.ones());
        Tensor bytes = Tensor.of(new byte[] {(byte) 200, 100}, Shape.of(1, 2));
        Tensor y = dense.apply(dense.init(KEY, bytes), bytes, Mode.inference()).output();
        assertThat(y.dtype()).isEqualTo(DType.F32);
        assertThat(y.toFloats()).containsExactly(300, 300);
    }

    @Test
    void emptyBatchesPass() {
        Dense dense = Dense.of(2, SOFTMAX);
        Tensor none = Tensor.zeros(0, 3);
        assertThat(dense.apply(dense.init(KEY, none), none, Mode.inference()).output().toFloats()).isEmpty();
    }

    @Test
    void anotherWidthNamesTheLayerAndBothWidths() {
        var network = Network.sequential(Dense.of(8, RELU), Dense.of(2));
        Variables variables = network.init(KEY, Tensor.zeros(1, 4));
        assertThatThrownBy(() -> network.apply(variables, Tensor.zeros(1, 5), Mode.inference()))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        """
                                In layer 0: The parameter 0/kernel has shape [4, 8], but this input needs [5, 8]. \
                                The network was made for inputs of another shape.
                                Shapes up to there:
                                  0 (Dense) got f32[1, 5]""");
    }

    @Test
    void aSingleExampleIsNoBatch() {
        var network = Network.sequential(Dense.of(8, RELU));
        assertThatThrownBy(() -> network.init(KEY, Tensor.zeros(4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith(
                        "In layer 0: Dense takes inputs of shape [batch, ..., features], but got f32[4]. The first dimension is "
                                + "the batch; a single example becomes a batch of one with expandDims(0).");
    }

    @Test
    void unitsAreCounted() {
        assertThatThrownBy(() -> Dense.of(0))
                .isInstanceOf(CajalException.class)
                .hasMessage("The number of units of Dense has to be at least 1, but is 0.");
    }

    @Test
    void knowsWhatItEndsWith() {
        assertThat(Dense.of(3).outputActivation()).isEmpty();
        assertThat(Dense.of(3, SOFTMAX).outputActivation()).contains(SOFTMAX);
    }
}
