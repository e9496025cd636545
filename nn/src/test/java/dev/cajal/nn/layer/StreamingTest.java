package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static dev.cajal.nn.activation.Activations.GELU;
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
import dev.cajal.transform.Transform;
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

/// A sequence piece by piece gives what it gives at once.
class StreamingTest {
    private static final int CAPACITY = 9;

    static Stream<Layer> layers() {
        return Stream.of(
                MultiHeadAttention.causal(2),
                MultiHeadAttention.causal(4).withKeyValueHeads(1).withRotaryPositions(),
                MultiHeadAttention.causal(2).withPositions(new AttentionPositions.LinearBias()),
                PositionEmbedding.of(CAPACITY),
                SinusoidalPositions.of(),
                Rnn.of(5).withSequences(),
                Lstm.of(5).withSequences(),
                Lstm.of(5, 2).withSequences(),
                Gru.of(5).withSequences(),
                Network.sequential(
                        PositionEmbedding.of(CAPACITY),
                        Residual.of(Network.sequential(LayerNorm.of(), MultiHeadAttention.causal(2))),
                        Residual.of(Network.sequential(LayerNorm.of(), MultiHeadAttention.causal(2))),
                        Dense.of(16, GELU), Lstm.of(6).withSequences(), Dense.of(3)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void piecesGiveWhatTheWholeGives(Layer layer) {
        onAllBackends(() -> {
            Tensor x = RandomKey.of(3).normal(Shape.of(2, CAPACITY, 8));
            Variables variables = layer.init(RandomKey.of(1), x);
            Tensor whole = layer.apply(variables, x, Mode.inference()).output();
            List<Tensor> pieces = new ArrayList<>();
            SequencedMap<String, Tensor> memory = new LinkedHashMap<>();
            int position = 0;
            for (int length : new int[] {4, 1, 1, 3}) {
                Applied<Tensor> applied = layer.apply(variables, x.slice(1, position, position + length),
                        new Mode.Streaming(memory, Tensor.full(DType.I32, Shape.SCALAR, position), CAPACITY));
                pieces.add(applied.output());
                memory = applied.memory();
                position += length;
            }
            assertThat(Tensor.concatenate(1, pieces).toFloats()).containsExactly(whole.toFloats(), within(1e-5f));
        });
    }

    @Test
    void whatLooksAheadSaysSo() {
        Tensor x = Tensor.zeros(1, 2, 4);
        Mode streaming = new Mode.Streaming(new LinkedHashMap<>(), Tensor.full(DType.I32, Shape.SCALAR, 0), 4);
        for (Layer layer : List.of(MultiHeadAttention.of(2), Lstm.of(3).reverse())) {
            Variables variables = layer.init(RandomKey.of(1), x);
            assertThatThrownBy(() -> layer.apply(variables, x, streaming)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("piece by piece");
        }
    }

    /// What came first would be kept, and what came last overwritten.
    @Test
    void moreThanThereIsRoomForIsRefused() {
        Layer layer = Network.sequential(MultiHeadAttention.causal(2));
        Tensor x = Tensor.zeros(1, 3, 4);
        Variables variables = layer.init(RandomKey.of(1), x);
        Tensor position = Tensor.full(DType.I32, Shape.SCALAR, 2);
        SequencedMap<String, Tensor> memory = layer.apply(variables, x,
                new Mode.Streaming(new LinkedHashMap<>(), position, 5)).memory();
        assertThatThrownBy(() -> layer.apply(variables, x, new Mode.Streaming(memory, position.plus(1), 5)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("In layer 0: A piece of 3 positions does not fit behind the 3 before it")
                .hasMessageContaining("may have 5");
        // The position of a compiled function is not known, but no piece is longer than all.
        var compiled = Transform.compile((Tensor piece, Tensor at) -> layer
                .apply(variables, piece, new Mode.Streaming(new LinkedHashMap<>(), at, 3)).output());
        assertThat(compiled.apply(x, Tensor.zeros(DType.I32, Shape.SCALAR)).shape()).isEqualTo(x.shape());
        assertThatThrownBy(() -> compiled.apply(Tensor.zeros(1, 4, 4), Tensor.zeros(DType.I32, Shape.SCALAR)))
                .isInstanceOf(ShapeException.class).hasMessageContaining("A piece of 4 positions does not fit");
    }

    @Test
    void aWrongInputIsExplained() {
        Tensor numbers = Tensor.zeros(DType.I32, Shape.of(2, 4));
        assertThatThrownBy(() -> Lstm.of(3).init(RandomKey.of(1), numbers))
                .hasMessageContaining("[batch, positions, features]").hasMessageContaining("Embedding");
        assertThatThrownBy(() -> MultiHeadAttention.of(3).init(RandomKey.of(1), Tensor.zeros(1, 2, 4)))
                .hasMessageContaining("multiple of its 3 heads");
        assertThatThrownBy(() -> PositionEmbedding.of(3).init(RandomKey.of(1), Tensor.zeros(1, 4, 4)))
                .hasMessageContaining("knows 3 positions").hasMessageContaining("sequence of 4");
    }
}
