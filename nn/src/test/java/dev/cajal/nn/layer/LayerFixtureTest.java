package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static dev.cajal.nn.activation.Activations.IDENTITY;
import static dev.cajal.nn.activation.Activations.RELU;
import static dev.cajal.nn.activation.Activations.TANH;
import static dev.cajal.nn.initializer.Initializers.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Fixture;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.nn.Surroundings.Source;
import dev.cajal.nn.Variables;
import dev.cajal.nn.activation.PRelu;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Layers, their gradients by input and parameters, and their statistics equal PyTorch's.
class LayerFixtureTest {
    private static final Fixture FIXTURE = Fixture.of(LayerFixtureTest.class, "layers.json");
    private static final Map<String, String> STATISTICS = Map.of("mean", "next_mean", "variance", "next_variance");

    /// @param expected what PyTorch gives
    /// @param names the fixture's names by the parameters' paths
    record Case(String name, Fixture expected, Layer layer, Shape input, Map<String, String> names, Mode mode) {
        /// The names in the fixture are the paths.
        static Case of(String name, Fixture fixture, Layer layer, Shape input) {
            Fixture expected = fixture.get(name);
            Map<String, String> names = expected.names().stream()
                    .filter(path -> expected.names().contains(path + "_gradient"))
                    .collect(Collectors.toMap(path -> path, path -> path));
            return new Case(name, expected, layer, input, names, Mode.training(RandomKey.of(0)));
        }

        @Override
        public String toString() {
            return name;
        }

        Case predicting() {
            return new Case(name, expected, layer, input, names, Mode.inference());
        }

        /// Whether the input is whole numbers, by which there is no gradient.
        boolean isWhole() {
            return !expected.names().contains("gradient");
        }
    }

    private static Case of(String name, Layer layer, Shape input, Map<String, String> names) {
        return new Case(name, FIXTURE.get(name), layer, input, names, Mode.training(RandomKey.of(0)));
    }

    private static Case windowed(String name, Layer layer) {
        return of(name, layer, Shape.of(2, 5, 6, 3), Map.of());
    }

    /// Of all files.
    static Stream<Case> all() {
        return Stream.of(cases(), WindowCases.all(), SequenceCases.all(), SmallLayerCases.all())
                .flatMap(some -> some);
    }

    static Stream<Case> cases() {
        Map<String, String> dense = Map.of("kernel", "kernel", "bias", "bias");
        Map<String, String> affine = Map.of("scale", "scale", "bias", "bias");
        Map<String, String> branch = Map.of("branch/kernel", "kernel", "branch/bias", "bias");
        Map<String, String> projected = new LinkedHashMap<>(branch);
        projected.put("projection/kernel", "projection");
        Map<String, String> recurrent = and(dense, "recurrent", "recurrent");
        Map<String, String> attention = Map.of("input/kernel", "kernel", "output/kernel", "output_kernel");
        Map<String, String> slope = Map.of("slope", "slope");
        BatchNorm batchNorm = BatchNorm.of().withMomentum(0.8).withEpsilon(1e-3);
        Residual narrowing = Residual.of(Dense.of(3, TANH)).withProjection(Dense.of(3, IDENTITY).withoutBias());
        return Stream.of(
                of("dense", Dense.of(3), Shape.of(5, 4), dense),
                of("dense_relu", Dense.of(3, RELU), Shape.of(5, 4), dense),
                of("dense_positions", Dense.of(3, TANH), Shape.of(2, 3, 4), dense),
                of("prelu", new PRelu(0, false), Shape.of(5, 4), slope),
                of("prelu_shared", new PRelu(0, true), Shape.of(5, 4), slope),
                of("batch_norm", batchNorm, Shape.of(5, 3), affine),
                of("batch_norm_image", batchNorm, Shape.of(2, 2, 3, 3), affine),
                of("batch_norm_prediction", batchNorm, Shape.of(5, 3), affine).predicting(),
                of("layer_norm", LayerNorm.of().withEpsilon(1e-3), Shape.of(3, 2, 4), affine),
                of("embedding", Embedding.of(6, 2), Shape.of(2, 3), Map.of("table", "table")),
                of("residual", Residual.of(Dense.of(4, TANH)), Shape.of(5, 4), branch),
                of("residual_projected", narrowing, Shape.of(5, 4), projected),
                of("conv1d", Conv1d.of(4, 3).withStrides(2), Shape.of(2, 7, 3), dense),
                of("conv2d",
                        new Convolution(4, SlidingWindow.of(List.of(3, 2)), 1, IDENTITY, zeros(), Optional.of(zeros())),
                        Shape.of(2, 5, 4, 3), dense),
                of("conv2d_same", Conv2d.of(3, 3).withSamePadding(), Shape.of(2, 4, 5, 2), dense),
                of("conv2d_groups", Conv2d.of(6, 3).withStrides(2, 1).withPadding(1).withGroups(2),
                        Shape.of(2, 5, 4, 4),
                        dense),
                of("conv2d_dilated", Conv2d.of(3, 2).withDilation(2), Shape.of(2, 6, 5, 2), dense),
                of("conv3d", Conv3d.of(3, 2), Shape.of(1, 3, 4, 3, 2), dense),
                of("depthwise", DepthwiseConv2d.of(3).withMultiplier(2).withPadding(1), Shape.of(2, 4, 4, 3), dense),
                of("transposed", ConvTranspose2d.of(2, 3).withStrides(2).withPadding(1), Shape.of(2, 3, 4, 3), dense),
                of("transposed1d", ConvTranspose1d.of(3, 2).withStrides(3), Shape.of(2, 4, 2), dense),
                windowed("max_pool", MaxPool2d.of(2)),
                windowed("max_pool_overlapping", MaxPool2d.of(3).withStrides(2).withPadding(1)),
                windowed("average_pool", AveragePool2d.of(2)),
                windowed("average_pool_padded", AveragePool2d.of(3).withStrides(2).withPadding(1)),
                windowed("adaptive_average", AdaptivePooling.average(3, 4)),
                windowed("adaptive_max", AdaptivePooling.max(2, 5)),
                windowed("local_response_norm", new LocalResponseNorm(2, 0.3, 0.75, 2)),
                windowed("up_sampling_nearest", UpSampling.nearest(2)),
                windowed("up_sampling_linear", UpSampling.linear(2)),
                of("group_norm", GroupNorm.of(2).withEpsilon(1e-3), Shape.of(2, 3, 2, 4), affine),
                of("instance_norm", InstanceNorm.of().withEpsilon(1e-3), Shape.of(2, 3, 2, 3), affine),
                of("rms_norm", RmsNorm.of().withEpsilon(1e-3), Shape.of(3, 2, 4), Map.of("scale", "scale")),
                of("rnn", Rnn.of(4).withSequences(), Shape.of(2, 5, 3), recurrent),
                of("rnn_relu_last", Rnn.of(4, RecurrentCell.Simple.Nonlinearity.RELU), Shape.of(2, 5, 3), recurrent),
                of("lstm", Lstm.of(4).withSequences(), Shape.of(2, 6, 3), recurrent),
                of("lstm_reversed", Lstm.of(2).withSequences().reverse(), Shape.of(2, 4, 3), recurrent),
                of("lstm_projected", Lstm.of(4, 2), Shape.of(2, 4, 3), and(recurrent, "projection", "projection")),
                of("gru", Gru.of(4).withSequences(), Shape.of(2, 6, 3),
                        and(recurrent, "recurrentBias", "recurrent_bias")),
                of("attention", MultiHeadAttention.of(2), Shape.of(2, 5, 6),
                        and(and(attention, "input/bias", "bias"), "output/bias", "output_bias")),
                of("attention_causal", MultiHeadAttention.causal(3).withoutBias(), Shape.of(2, 4, 6), attention),
                of("attention_grouped",
                        MultiHeadAttention.causal(4).withKeyValueHeads(2).withRotaryPositions().withoutBias(),
                        Shape.of(2, 5, 16), attention),
                of("attention_linear_bias",
                        MultiHeadAttention.causal(3).withPositions(new AttentionPositions.LinearBias()).withoutBias(),
                        Shape.of(1, 4, 6), attention),
                of("cross_attention", BESIDE, Shape.of(2, 7, 6), CROSS),
                Case.of("encoder_decoder", FIXTURE, ENCODER_DECODER, Shape.of(2, 2, 5)));
    }

    private static final Map<String, String> CROSS = Map.of(
            "query/kernel", "kernel", "query/bias", "bias", "source/kernel", "source_kernel", "source/bias",
            "source_bias", "output/kernel", "output_kernel", "output/bias", "output_bias");

    /// The first four positions look at the three behind them, some of which are padding.
    private static final Layer BESIDE = Layer.of((Tensor both, Scope scope) -> {
        Tensor present = Tensor.of(new int[] {1, 1, 0, 1, 0, 0}, Shape.of(2, 3)).ne(0);
        Source source = new Source(both.slice(1, 4, 7), Optional.of(present));
        return CrossAttention.of(2).apply(both.slice(1, 0, 4), scope.with(scope.surroundings().withSource(source)));
    });

    /// Embedding and a block with the norm behind each branch on each side, as in the Transformer of 2017.
    private static final EncoderDecoder ENCODER_DECODER = EncoderDecoder.of(0,
            Network.sequential(Embedding.of(7, 4),
                    Residual.of(MultiHeadAttention.of(2)), LayerNorm.of(),
                    Residual.of(Network.sequential(Dense.of(3, RELU), Dense.of(4))), LayerNorm.of()),
            Network.sequential(Embedding.of(6, 4),
                    Residual.of(MultiHeadAttention.causal(2)), LayerNorm.of(),
                    Residual.of(CrossAttention.of(2)), LayerNorm.of(),
                    Residual.of(Network.sequential(Dense.of(3, RELU), Dense.of(4))), LayerNorm.of(),
                    Dense.of(6)));

    private static Map<String, String> and(Map<String, String> names, String path, String name) {
        Map<String, String> more = new LinkedHashMap<>(names);
        more.put(path, name);
        return more;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void doublePrecision(Case example) {
        onAllBackends(() -> check(example, DType.F64, 2e-8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void singlePrecision(Case example) {
        onAllBackends(() -> check(example, DType.F32, 1e-5));
    }

    @Test
    void everyCaseIsUsed() {
        Set<String> written = Stream.of(FIXTURE, WindowCases.FIXTURE, SequenceCases.FIXTURE, SmallLayerCases.FIXTURE)
                .flatMap(fixture -> fixture.names().stream())
                .collect(Collectors.toSet());
        assertThat(all().map(Case::name).toList()).containsExactlyInAnyOrderElementsOf(written);
    }

    private static void check(Case example, DType dtype, double tolerance) {
        Fixture expected = example.expected();
        Layer layer = example.layer();
        Tensor input = Tensor.of(expected.doubles("input"), example.input())
                .asType(example.isWhole() ? DType.I32 : dtype);
        Variables made = layer.init(RandomKey.of(1), input);
        assertThat(made.parameters().keySet()).containsExactlyInAnyOrderElementsOf(example.names().keySet());
        Variables variables = new Variables(
                fill(made.parameters(), expected, example.names(), dtype),
                fill(made.statistics(), expected, Map.of("mean", "mean", "variance", "variance"), dtype));

        Applied<Tensor> applied = layer.apply(variables, input, example.mode());
        assertClose(applied.output(), expected.doubles("output"), tolerance);
        applied.statistics().forEach((path, tensor) -> {
            assertClose(tensor, expected.doubles(STATISTICS.get(path)), tolerance);
            assertThat(tensor.dtype()).isEqualTo(dtype);
        });

        Tensor cotangent = Tensor.of(expected.doubles("cotangent"), applied.output().shape()).asType(dtype);
        SequencedMap<String, Tensor> gradients = Transform.grad((SequencedMap<String, Tensor> parameters) -> layer
                .apply(variables.withParameters(parameters), input, example.mode())
                .output()
                .times(cotangent)
                .sum()).apply(variables.parameters());
        gradients.forEach((path, gradient) -> assertClose(
                gradient, expected.doubles(example.names().get(path) + "_gradient"), tolerance));
        if (!example.isWhole()) {
            Tensor gradient = Transform.grad((Tensor x) -> layer.apply(variables, x, example.mode())
                    .output()
                    .times(cotangent)
                    .sum()).apply(input);
            assertClose(gradient, expected.doubles("gradient"), tolerance);
        }
    }

    private static SequencedMap<String, Tensor> fill(
            SequencedMap<String, Tensor> made, Fixture fixture, Map<String, String> names, DType dtype) {
        SequencedMap<String, Tensor> filled = new LinkedHashMap<>();
        made.forEach((path, tensor) -> filled.put(
                path, Tensor.of(fixture.doubles(names.get(path)), tensor.shape()).asType(dtype)));
        return filled;
    }

    static void assertClose(Tensor actual, double[] expected, double tolerance) {
        double[] numbers = actual.toDoubles();
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i])
                    .as("element %s", i)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
