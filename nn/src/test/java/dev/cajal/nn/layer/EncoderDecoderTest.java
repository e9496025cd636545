package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Variables;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderDecoderTest {
    private static final int[][] SOURCES = {{3, 1, 4}, {1, 5, 2, 6, 5}, {2}};
    private static final int[][] TARGETS = {{2, 5, 1, 3}, {2}, {2, 4, 1, 1, 6}};

    static Stream<EncoderDecoder> networks() {
        Layer embedding = Network.sequential(Embedding.of(7, 8), SinusoidalPositions.of());
        Layer cross = Residual.of(CrossAttention.of(2));
        return Stream.of(
                EncoderDecoder.of(0,
                        Network.sequential(embedding, Residual.of(MultiHeadAttention.of(2)), LayerNorm.of()),
                        Network.sequential(embedding, Residual.of(MultiHeadAttention.causal(4)), cross,
                                LayerNorm.of(), cross, Dense.of(7))),
                EncoderDecoder.of(0,
                        Network.sequential(Embedding.of(7, 6), Lstm.of(3).withSequences().bidirectional()),
                        Network.sequential(Embedding.of(7, 8), Gru.of(8).withSequences(), cross, Dense.of(7))),
                EncoderDecoder.of(0, MultiHeadAttention.of(2),
                        Network.sequential(MultiHeadAttention.causal(2).withRotaryPositions(), cross))
                        .withTable(Embedding.of(7, 8)));
    }

    /// Sentences and translations, filled up.
    private static Tensor pairs(int length, int... which) {
        int[] tokens = new int[which.length * 2 * length];
        for (int i = 0; i < which.length; i++) {
            System.arraycopy(SOURCES[which[i]], 0, tokens, 2 * i * length, SOURCES[which[i]].length);
            System.arraycopy(TARGETS[which[i]], 0, tokens, (2 * i + 1) * length, TARGETS[which[i]].length);
        }
        return Tensor.of(tokens, Shape.of(which.length, 2, length));
    }

    private static float[] ofTokens(Tensor output, int row, int count) {
        return output.slice(0, row, row + 1).slice(1, 0, count).toFloats();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void paddingHasNoInfluence(EncoderDecoder network) {
        onAllBackends(() -> {
            Variables variables = network.init(RandomKey.of(1), pairs(5, 0));
            Tensor together = network.apply(variables, pairs(8, 0, 1, 2), Mode.inference()).output();
            assertThat(together.shape()).isEqualTo(Shape.of(3, 8, 7));
            for (int i = 0; i < SOURCES.length; i++) {
                Tensor alone = network.apply(variables, pairs(5, i), Mode.inference()).output();
                assertThat(ofTokens(together, i, TARGETS[i].length))
                        .containsExactly(ofTokens(alone, 0, TARGETS[i].length), within(1e-5f));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theDecoderDoesNotLookAhead(EncoderDecoder network) {
        Variables variables = network.init(RandomKey.of(1), pairs(5, 2));
        float[] whole = network.apply(variables, pairs(5, 2), Mode.inference()).output().toFloats();
        int[] changed = pairs(5, 2).toInts();
        changed[9] = 3;
        float[] other = network.apply(variables, Tensor.of(changed, Shape.of(1, 2, 5)), Mode.inference()).output()
                .toFloats();
        for (int i = 0; i < 4 * 7; i++) {
            assertThat(other[i]).isCloseTo(whole[i], within(1e-6f));
        }
        assertThat(other).isNotEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void tokenByTokenItIsTheSame(EncoderDecoder network) {
        onAllBackends(() -> {
            Tensor input = pairs(5, 0, 2);
            Variables variables = network.init(RandomKey.of(1), input);
            Tensor whole = network.apply(variables, input, Mode.inference()).output();
            List<Tensor> pieces = new ArrayList<>();
            SequencedMap<String, Tensor> memory = new LinkedHashMap<>();
            for (int position = 0; position < 4; position++) {
                // Only the first piece has the source.
                Tensor tokens = input.slice(2, position, position + 1);
                Tensor piece = position == 0
                        ? input
                        : Tensor.concatenate(1, tokens.slice(1, 1, 2),
                                tokens.slice(1, 1, 2));
                Applied<Tensor> applied = network.apply(variables, piece,
                        new Mode.Streaming(memory, Tensor.full(DType.I32, Shape.SCALAR, position), 6));
                assertThat(applied.output().shape()).isEqualTo(Shape.of(2, 1, 7));
                pieces.add(applied.output());
                memory = applied.memory();
            }
            assertThat(Tensor.concatenate(1, pieces).toFloats())
                    .containsExactly(whole.slice(1, 0, 4).toFloats(), within(1e-5f));
        });
    }

    @Test
    void oneTableStandsAtAllPlaces() {
        EncoderDecoder network = networks().toList().getLast();
        Variables variables = network.init(RandomKey.of(1), pairs(5, 0));
        assertThat(variables.parameters()).containsKey("table").doesNotContainKey("decoder/table");
        assertThat(variables.parameterCount()).isEqualTo(7 * 8 + 3 * 4 * (8 * 8 + 8));
    }

    @Test
    void whatCannotBeIsExplained() {
        Layer network = networks().findFirst().orElseThrow();
        assertThatThrownBy(() -> network.init(RandomKey.of(1), Tensor.zeros(DType.I32, Shape.of(2, 5))))
                .isInstanceOf(ShapeException.class).hasMessageContaining("[batch, 2, positions]")
                .hasMessageContaining("i32[2, 5]");
        assertThatThrownBy(() -> CrossAttention.of(2).init(RandomKey.of(1), Tensor.zeros(1, 3, 4)))
                .isInstanceOf(ShapeException.class).hasMessageContaining("no sequence to look at")
                .hasMessageContaining("EncoderDecoder");
        assertThatThrownBy(() -> CrossAttention.of(3).init(RandomKey.of(1), Tensor.zeros(1, 3, 4)))
                .hasMessageContaining("multiple of its 3 heads");
    }
}
