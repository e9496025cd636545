package dev.cajal.nn.activation;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Fixture;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Activations and their gradients equal PyTorch's, also at the seams of functions of several pieces.
class ActivationFixtureTest {
    private static final Fixture FIXTURE = Fixture.of(ActivationFixtureTest.class, "activations.json");

    static Stream<Arguments> cases() {
        return Stream.concat(
                Activations.names().stream().map(name -> Arguments.of(name, Activations.named(name))),
                Stream.of(
                        Arguments.of("elu(0.5)", Activations.elu(0.5)),
                        Arguments.of("leaky-relu(0.2)", Activations.leakyRelu(0.2)),
                        Arguments.of("softmax(0)", Activations.softmax(0)),
                        Arguments.of("log-softmax(0)", Activations.logSoftmax(0))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void doublePrecision(String name, Activation activation) {
        onAllBackends(() -> check(name, activation, DType.F64, 1e-8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void singlePrecision(String name, Activation activation) {
        onAllBackends(() -> check(name, activation, DType.F32, 2e-6));
    }

    private static void check(String name, Activation activation, DType dtype, double tolerance) {
        Tensor x = Tensor.of(FIXTURE.doubles("points"), Shape.of(5, 4)).asType(dtype);
        Variables variables = activation.init(RandomKey.of(1), x);
        Tensor y = activation.apply(variables, x, Mode.inference()).output();
        assertThat(y.dtype()).isEqualTo(dtype);
        assertClose(y, FIXTURE.get(name).doubles("output"), tolerance);

        double[] numbers = FIXTURE.doubles("cotangent");
        Tensor cotangent = Tensor.of(numbers, Shape.of(5, 4))
                .flatten()
                .slice(0, 0, (int) y.shape().size())
                .reshape(y.shape())
                .asType(dtype);
        Tensor gradient = Transform.grad((Tensor z) -> activation.apply(variables, z, Mode.inference())
                .output()
                .times(cotangent)
                .sum()).apply(x);
        assertClose(gradient, FIXTURE.get(name).doubles("gradient"), tolerance);
    }

    private static void assertClose(Tensor actual, double[] expected, double tolerance) {
        double[] numbers = actual.toDoubles();
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i])
                    .as("element %s", i)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
