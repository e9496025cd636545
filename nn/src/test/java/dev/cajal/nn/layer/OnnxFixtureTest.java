package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static dev.cajal.nn.activation.Activations.IDENTITY;
import static dev.cajal.nn.initializer.Initializers.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Fixture;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.nn.layer.SequenceCases.Behind;
import dev.cajal.nn.layer.SequenceCases.OfLengths;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Layers give what ONNX Runtime gives, whose rules are written down in a standard.
class OnnxFixtureTest {
    private static final Fixture FIXTURE = Fixture.of(OnnxFixtureTest.class, "onnx_layers.json");

    record Case(String name, Layer layer, Shape input) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, Layer layer, int... input) {
        return new Case(name, layer, Shape.of(input));
    }

    static Stream<Case> cases() {
        return Stream.of(
                of("conv2d_same_strides", Conv2d.of(3, 3).withSamePadding().withStrides(2), 2, 6, 5, 2),
                of("conv2d_same_even",
                        new Convolution(3, SlidingWindow.of(List.of(4, 2)), 1, IDENTITY, zeros(), Optional.of(zeros()))
                                .withSamePadding().withStrides(2, 3),
                        2, 5, 7, 2),
                of("conv1d_same", Conv1d.of(2, 4).withSamePadding().withStrides(3), 2, 8, 3),
                of("conv2d_groups",
                        Conv2d.of(6, 3).withGroups(2).withStrides(2, 1)
                                .withPadding(new Padding.Explicit(List.of(1, 0), List.of(2, 1))),
                        2, 5, 4, 4),
                of("transposed", ConvTranspose2d.of(3, 3).withStrides(2).withPadding(1), 2, 3, 4, 2),
                of("max_pool_same", MaxPool2d.of(3).withSamePadding().withStrides(2), 2, 6, 5, 3),
                of("max_pool3d", MaxPool3d.of(2).withStrides(2, 1, 2), 1, 4, 3, 5, 2),
                of("average_pool_same", AveragePool2d.of(3).withSamePadding().withStrides(2), 2, 6, 5, 3),
                of("average_pool_same_even", AveragePool2d.of(4).withSamePadding().withStrides(3), 2, 5, 4, 3),
                of("average_pool_padded", AveragePool2d.of(3).withPadding(1).withStrides(1, 2), 2, 5, 4, 3),
                of("local_response_norm", new LocalResponseNorm(3, 0.3, 0.6, 1.5), 2, 2, 3, 7),
                of("local_response_norm_wide", new LocalResponseNorm(5, 0.3, 0.6, 1.5), 2, 2, 3, 4),
                of("lstm", new Behind(Lstm.of(4).withStates(), true), 2, 5, 3),
                of("lstm_bidirectional_lengths", bothWays(Lstm.of(2)), 3, 5, 3),
                of("gru", new Behind(Gru.of(4).withStates(), true), 2, 5, 3),
                of("gru_bidirectional_lengths", bothWays(Gru.of(2)), 3, 5, 3),
                of("layer_norm", LayerNorm.of().withEpsilon(1e-3), 2, 3, 5));
    }

    private static Layer bothWays(Recurrent layer) {
        return new OfLengths(Branches.concatenated(
                new Behind(layer.withStates(), true), new Behind(layer.reverse().withStates(), true)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheSame(Case example) {
        onAllBackends(() -> {
            Fixture expected = FIXTURE.get(example.name());
            Tensor input = Tensor.of(expected.floats("input"), example.input());
            Variables made = example.layer().init(RandomKey.of(1), input);
            SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
            made.parameters().forEach((path, tensor) -> parameters.put(
                    path, Tensor.of(expected.doubles(path), tensor.shape()).asType(DType.F32)));
            assertThat(expected.names()).hasSize(2 + parameters.size());
            Tensor output = example.layer().apply(made.withParameters(parameters), input, Mode.inference()).output();
            LayerFixtureTest.assertClose(output, expected.doubles("output"), 1e-5);
        });
    }

    @Test
    void everyCaseIsUsed() {
        assertThat(cases().map(Case::name).toList()).containsExactlyInAnyOrderElementsOf(FIXTURE.names());
    }
}
