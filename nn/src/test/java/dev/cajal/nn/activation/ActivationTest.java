package dev.cajal.nn.activation;

import static dev.cajal.nn.EachBackend.agree;
import static dev.cajal.nn.EachBackend.randomShape;
import static dev.cajal.nn.activation.Activations.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Activation;
import dev.cajal.nn.GradientChecks;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Variables;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTest {
    static Stream<Activation> all() {
        return names().stream().map(Activations::named);
    }

    private static Tensor apply(Activation activation, Tensor x) {
        return activation.apply(activation.init(RandomKey.of(3), x), x, Mode.inference()).output();
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientsEqualDifferences(Activation activation) {
        Random random = new Random(activation.getClass().getName().hashCode());
        for (Shape shape : List.of(Shape.of(4, 6), Shape.of(2, 3, 4), Shape.of(1, 2))) {
            // Away from the seams at 0, 1 and 3, where differences say nothing.
            Tensor x = GradientChecks.noise(shape, random).times(1.5);
            for (double seam : new double[] {-3, -1, 0, 1, 3}) {
                x = x.minus(seam).abs().lt(0.01).choose(seam + 0.02, x);
            }
            GradientChecks.check(activation, x, Mode.inference(), 5);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void backendsAgreeOnRandomShapes(Activation activation) {
        Random random = new Random(7);
        for (int i = 0; i < 8; i++) {
            // An even length, for those that work on halves.
            Shape shape = randomShape(random, 2 * (1 + random.nextInt(20)));
            double[] elements = random.doubles(shape.size(), -6, 6).toArray();
            agree(activation + " of " + shape, 1e-5, () -> {
                Tensor x = Tensor.of(elements, shape).asType(DType.F32);
                Variables variables = activation.init(RandomKey.of(3), x);
                return Transform.compile((Tensor z) -> Transform.valueAndGrad(
                        (Tensor in) -> activation.apply(variables, in, Mode.inference()).output().square().sum())
                        .apply(z).gradient()).apply(x);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void largeNumbersHaveFiniteGradients(Activation activation) {
        Tensor x = Tensor.of(new float[][] {{1e4f, -1e4f, 88, -88}, {1e10f, -1e10f, 1e-30f, -0.0f}});
        Variables variables = activation.init(RandomKey.of(3), x);
        var both = Transform.valueAndGrad(
                (Tensor z) -> activation.apply(variables, z, Mode.inference()).output().mean()).apply(x);
        assertThat(both.value().item()).isFinite();
        assertThat(both.gradient().isFinite().toBooleans()).containsOnly(true);
    }

    @ParameterizedTest
    @MethodSource("all")
    void notANumberStaysVisible(Activation activation) {
        Tensor x = Tensor.of(new float[][] {{Float.NaN, 0.5f}});
        assertThat(apply(activation, x).isNaN().any().item()).isEqualTo(activation == STEP ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepsTheElementTypeAndAllDimensions(Activation activation) {
        Shape shape = Shape.of(3, 2, 4);
        Shape expected = activation == GLU ? Shape.of(3, 2, 2) : shape;
        for (DType dtype : List.of(DType.F32, DType.F64, DType.BF16)) {
            Tensor y = apply(activation, Tensor.full(dtype, shape, 0.5));
            assertThat(y.shape()).isEqualTo(expected);
            // A parameter in f32 makes the result at least that.
            assertThat(y.dtype()).isEqualTo(activation == PRELU && dtype == DType.BF16 ? DType.F32 : dtype);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void wholeNumbersAreTakenAsNumbers(Activation activation) {
        int[] numbers = {-2, 0, 1, 3};
        Tensor whole = apply(activation, Tensor.of(numbers, Shape.of(1, 4)));
        Tensor floating = apply(activation, Tensor.of(numbers, Shape.of(1, 4)).asType(DType.F32));
        assertThat(whole.toFloats()).containsExactly(floating.toFloats());
    }

    @ParameterizedTest
    @MethodSource("all")
    void configurationsAreRecords(Activation activation) {
        RecordCodec codec = new RecordCodec(Activations.types());
        assertThat(codec.read(codec.write(activation), Activation.class)).isEqualTo(activation);
    }

    @ParameterizedTest
    @MethodSource("all")
    void outputActivationIsKnown(Activation activation) {
        Set<Activation> probabilities = Set.of(SIGMOID, HARD_SIGMOID, SOFTMAX, LOG_SOFTMAX);
        assertThat(activation.givesProbabilities()).isEqualTo(probabilities.contains(activation));
        if (activation == IDENTITY) {
            assertThat(activation.outputActivation()).isEmpty();
        } else {
            assertThat(activation.outputActivation()).contains(activation);
        }
    }

    @Test
    void everyTypeHasAName() {
        Set<Class<?>> named = new HashSet<>();
        all().forEach(activation -> named.add(activation.getClass()));
        assertThat(named).containsExactlyInAnyOrderElementsOf(types());
    }

    @Test
    void namesAreForgiving() {
        assertThat(named("relu")).isEqualTo(RELU);
        assertThat(named("ReLU")).isEqualTo(RELU);
        assertThat(named("LEAKY_RELU")).isEqualTo(LEAKY_RELU);
        assertThatThrownBy(() -> named("rellu"))
                .isInstanceOf(CajalException.class)
                .hasMessageStartingWith("There is no activation 'rellu'; there are identity, step, sigmoid,");
    }

    @Test
    void kernelsBeginAsTheActivationNeedsThem() {
        assertThat(RELU.kernelInitializer()).isEqualTo(Initializers.heNormal());
        assertThat(leakyRelu(0).kernelInitializer()).isEqualTo(Initializers.heNormal());
        assertThat(leakyRelu(1).kernelInitializer()).isEqualTo(Initializers.leCunNormal());
        assertThat(SELU.kernelInitializer()).isEqualTo(Initializers.leCunNormal());
        assertThat(TANH.kernelInitializer()).isEqualTo(Initializers.glorotUniform());
        assertThat(IDENTITY.kernelInitializer()).isEqualTo(Initializers.glorotUniform());
    }

    @Test
    void learnedSlopesAreParameters() {
        Tensor x = Tensor.of(new float[][] {{-2, -4, 1}});
        Variables perChannel = PRELU.init(RandomKey.of(0), x);
        assertThat(perChannel.parameters().keySet()).containsExactly("slope");
        assertThat(perChannel.parameterCount()).isEqualTo(3);
        assertThat(new PRelu(0.5, true).init(RandomKey.of(0), x).parameterCount()).isEqualTo(1);
        assertThat(apply(new PRelu(0.5, true), x).toFloats()).containsExactly(-1, -2, 1);
    }

    @Test
    void halvesNeedAnEvenLength() {
        assertThatThrownBy(() -> apply(GLU, Tensor.zeros(2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Glu cuts axis -1 into two halves, but its length in [2, 3] is 3. "
                        + "Give the layer in front twice as many units as are to come out.");
        assertThat(apply(glu(1), Tensor.zeros(2, 4, 3)).shape()).isEqualTo(Shape.of(2, 2, 3));
    }

    @Test
    void seluNormalises() {
        // The fixed point of the paper: mean 0 and variance 1 go in and come out.
        Tensor y = apply(SELU, RandomKey.of(1).normal(Shape.of(1000, 100)));
        assertThat(y.mean().item()).isCloseTo(0, within(0.02));
        assertThat(y.variance().item()).isCloseTo(1, within(0.02));
    }

    @Test
    void activationsAreLayers() {
        Network<Tensor, Tensor> network = Network.sequential(RELU, PRELU);
        assertThat(network.init(RandomKey.of(0), Tensor.zeros(1, 2)).parameters().keySet()).containsExactly("1/slope");
    }
}
