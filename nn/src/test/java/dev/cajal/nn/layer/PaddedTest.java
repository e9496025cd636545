package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.GradientChecks;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.nn.Variables;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sequences that are filled up give what they give by themselves.
class PaddedTest {
    private static final int[][] TEXTS = {{3, 1, 4}, {1, 5, 2, 6, 5}, {2}};
    private static final int VOCABULARY = 7;
    private static final Layer EMBEDDING = Embedding.of(VOCABULARY, 8);

    /// Bodies that give one row for each text.
    static Stream<Layer> summaries() {
        return Stream.of(
                GlobalPooling.average(),
                GlobalPooling.max(),
                Rnn.of(5),
                Gru.of(5),
                Lstm.of(5),
                Lstm.of(5, 3).reverse(),
                Lstm.of(4).bidirectional(),
                Network.sequential(Gru.of(4).withSequences().bidirectional(), Gru.of(3)),
                Network.sequential(Conv1d.of(4, 3, RELU).withSamePadding(), GlobalPooling.max()),
                Network.sequential(DepthwiseConv1d.of(3).withSamePadding(), GlobalPooling.max()),
                Network.sequential(SeparableConv1d.of(4, 4, RELU), GlobalPooling.average()),
                Network.sequential(ConvTranspose1d.of(4, 3).withSamePadding(), GlobalPooling.average()),
                Network.sequential(MaxPool1d.of(3).withStrides(1).withSamePadding(), Dense.of(3),
                        GlobalPooling.average()),
                Network.sequential(AveragePool1d.of(4).withStrides(1).withSamePadding(), GlobalPooling.max()),
                Network.sequential(GroupNorm.of(2), GlobalPooling.max()),
                Network.sequential(InstanceNorm.of(), GlobalPooling.max()),
                Network.sequential(SqueezeExcite.of(2), GlobalPooling.max()),
                PositionSlice.of(-1),
                PositionSlice.of(0),
                Network.sequential(MultiHeadAttention.of(2), GlobalPooling.average()),
                Network.sequential(MultiHeadAttention.causal(2).withRotaryPositions(), Lstm.of(3)),
                Network.sequential(
                        Residual.of(Network.sequential(LayerNorm.of(),
                                MultiHeadAttention.of(4).withKeyValueHeads(2)
                                        .withPositions(new AttentionPositions.LinearBias()))),
                        Dense.of(6, RELU), GlobalPooling.max()));
    }

    private static Layer network(Layer body) {
        return Padded.of(0, Network.sequential(EMBEDDING, body));
    }

    /// What reads padding must not find zeros there, as an embedding gives them.
    private static Layer wavy(Layer body) {
        return network(Network.sequential(SinusoidalPositions.of(), body));
    }

    private static Tensor filled(int length, int[]... texts) {
        int[] tokens = new int[texts.length * length];
        for (int i = 0; i < texts.length; i++) {
            System.arraycopy(texts[i], 0, tokens, i * length, texts[i].length);
        }
        return Tensor.of(tokens, Shape.of(texts.length, length));
    }

    @ParameterizedTest
    @MethodSource("summaries")
    void paddingHasNoInfluence(Layer body) {
        onAllBackends(() -> {
            Layer padded = wavy(body);
            Variables variables = padded.init(RandomKey.of(1), filled(5, TEXTS));
            for (int length : new int[] {5, 9}) {
                Tensor together = padded.apply(variables, filled(length, TEXTS), Mode.inference()).output();
                for (int i = 0; i < TEXTS.length; i++) {
                    Tensor alone = padded.apply(variables, filled(TEXTS[i].length, TEXTS[i]), Mode.inference())
                            .output();
                    assertThat(together.slice(0, i, i + 1).toFloats())
                            .containsExactly(alone.toFloats(), within(1e-5f));
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("summaries")
    void withoutPaddingItIsTheBody(Layer body) {
        Tensor tokens = Tensor.of(new int[] {3, 1, 4, 1, 5, 2}, Shape.of(2, 3));
        Layer padded = network(body);
        Variables variables = padded.init(RandomKey.of(1), tokens);
        Tensor expected = Layer
                .of((Tensor x, Scope scope) -> scope.call("body", Network.sequential(EMBEDDING, body), x))
                .apply(variables, tokens, Mode.inference()).output();
        assertThat(padded.apply(variables, tokens, Mode.inference()).output().toFloats())
                .containsExactly(expected.toFloats(), within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("summaries")
    void gradientsAreThoseOfDifferences(Layer body) {
        GradientChecks.check(wavy(body), filled(6, TEXTS), Mode.inference(), 3);
    }

    @ParameterizedTest
    @MethodSource("summaries")
    void anEmptyTextIsFinite(Layer body) {
        Layer padded = wavy(body);
        Tensor tokens = filled(4, new int[] {1, 2}, new int[0]);
        Variables variables = padded.init(RandomKey.of(1), tokens);
        for (float number : padded.apply(variables, tokens, Mode.inference()).output().toFloats()) {
            assertThat(number).isFinite();
        }
    }

    @Test
    void recurrentOutputsAreZeroWhereThereIsPadding() {
        Layer padded = network(Lstm.of(3).withSequences().bidirectional());
        Tensor tokens = filled(5, TEXTS);
        Variables variables = padded.init(RandomKey.of(1), tokens);
        float[] outputs = padded.apply(variables, tokens, Mode.inference()).output().toFloats();
        float[] afterTheFirst = Arrays.copyOfRange(outputs, 3 * 6, 5 * 6);
        assertThat(afterTheFirst).containsOnly(0);
        assertThat(Arrays.copyOfRange(outputs, 0, 3 * 6)).doesNotContain(0f);
    }

    @Test
    void embeddingsOfPaddingDoNotLearn() {
        Layer padded = network(GlobalPooling.average());
        Variables variables = padded.init(RandomKey.of(1), filled(5, TEXTS));
        Tensor rows = padded.apply(variables, filled(5, TEXTS), Mode.inference()).output();
        Tensor table = variables.parameters().get("body/0/table");
        float[] third = table.slice(0, 2, 3).toFloats();
        assertThat(rows.slice(0, 2, 3).toFloats()).containsExactly(third, within(1e-6f));
    }

    @Test
    void paddingHasNoShareInStatisticsOfTheBatch() {
        Layer padded = network(Network.sequential(BatchNorm.of(), GlobalPooling.average()));
        Tensor tokens = filled(6, TEXTS);
        Variables variables = padded.init(RandomKey.of(1), tokens);
        int[] together = Stream.of(TEXTS).flatMapToInt(Arrays::stream).toArray();
        // The second row of the weights' batch does not count at all.
        Mode withoutSecond = Mode.training(RandomKey.of(2), Tensor.of(new float[] {1, 0, 1}));
        assertThat(mean(padded, variables, tokens, Mode.training(RandomKey.of(2)))).containsExactly(
                mean(padded, variables, filled(together.length, together), Mode.training(RandomKey.of(2))),
                within(1e-6f));
        assertThat(mean(padded, variables, tokens, withoutSecond)).containsExactly(
                mean(padded, variables, filled(4, new int[] {3, 1, 4, 2}), Mode.training(RandomKey.of(2))),
                within(1e-6f));
        GradientChecks.check(padded, tokens, Mode.training(RandomKey.of(2)), 3);
    }

    private static float[] mean(Layer network, Variables variables, Tensor tokens, Mode mode) {
        var statistics = network.apply(variables, tokens, mode).statistics();
        float[] mean = statistics.get("body/1/0/mean").toFloats();
        assertThat(mean).doesNotContain(0f);
        return mean;
    }

    @Test
    void whatCannotBeIsExplained() {
        assertThatThrownBy(() -> Padded.of(0, Lstm.of(3)).init(RandomKey.of(1), Tensor.zeros(2, 3, 4)))
                .isInstanceOf(ShapeException.class).hasMessageContaining("tokens, whole numbers");
        Layer changed = network(Network.sequential(MaxPool1d.of(2), Lstm.of(3)));
        assertThatThrownBy(() -> changed.init(RandomKey.of(1), filled(6, TEXTS)))
                .isInstanceOf(ShapeException.class).hasMessageContaining("[3, 6]").hasMessageContaining("[3, 3]")
                .hasMessageContaining("number of positions");
        assertThatThrownBy(() -> init(Network.sequential(Dense.of(3), AdaptivePooling.max(2))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("In layer body/1/1: AdaptivePooling looks at padding too")
                .hasMessageContaining("f32[3, 6, 3]").hasMessageContaining("Use GlobalPooling.");
        assertThatThrownBy(() -> init(UpSampling.linear(2))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("UpSampling looks at padding too").hasMessageContaining("UpSampling.nearest");
        assertThat(init(UpSampling.nearest(2)).parameters()).hasSize(1);
    }

    /// Where the same padding is not the same for all lengths.
    @Test
    void whereAWindowStandsDoesNotDependOnTheLengthOfOthers() {
        for (Layer layer : List.of(Conv1d.of(4, 3).withSamePadding().withStrides(2),
                DepthwiseConv1d.of(4).withSamePadding().withStrides(3), MaxPool1d.of(3).withSamePadding())) {
            assertThatThrownBy(() -> init(layer)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("begins at another place").hasMessageContaining("withPadding(1)");
        }
        for (Layer layer : List.of(MaxPool1d.of(2).withSamePadding(), Conv1d.of(4, 1).withSamePadding().withStrides(2),
                Conv1d.of(4, 3).withPadding(1).withStrides(2),
                ConvTranspose1d.of(4, 3).withSamePadding().withStrides(2))) {
            Layer padded = wavy(layer);
            Variables variables = padded.init(RandomKey.of(1), filled(5, TEXTS));
            Tensor alone = padded.apply(variables, filled(3, TEXTS[0]), Mode.inference()).output();
            for (int length = 4; length < 8; length++) {
                Tensor together = padded.apply(variables, filled(length, TEXTS[0]), Mode.inference()).output();
                assertThat(together.slice(1, 0, alone.dim(1)).toFloats())
                        .containsExactly(alone.toFloats(), within(1e-6f));
            }
        }
    }

    private static Variables init(Layer body) {
        return network(body).init(RandomKey.of(1), filled(6, TEXTS));
    }
}
