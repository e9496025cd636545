package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.nn.layer.RecurrentStates.Passage;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// States that come in and go out.
class RecurrentStatesTest {
    private static final Tensor SEQUENCE = RandomKey.of(3).normal(Shape.of(2, 7, 4));

    static Stream<Recurrent> layers() {
        return Stream.of(Rnn.of(5), Lstm.of(5), Lstm.of(5, 2), Gru.of(5));
    }

    private static Passage run(Recurrent layer, Variables variables, Passage given) {
        return layer.withStates().apply(variables, given, Mode.inference()).output();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void twoPartsOfASequenceAreTheWhole(Recurrent layer) {
        onAllBackends(() -> {
            Tensor x = Tensor.of(SEQUENCE.toFloats(), SEQUENCE.shape());
            Variables variables = layer.init(RandomKey.of(1), x);
            Passage whole = run(layer, variables, Passage.of(x));
            Passage first = run(layer, variables, Passage.of(x.slice(1, 0, 3)));
            Passage second = run(layer, variables, new Passage(x.slice(1, 3, 7), first.states()));
            assertThat(Tensor.concatenate(1, List.of(first.sequence(), second.sequence())).toFloats())
                    .containsExactly(whole.sequence().toFloats(), within(1e-6f));
            for (int i = 0; i < whole.states().size(); i++) {
                assertThat(second.states().get(i).toFloats())
                        .containsExactly(whole.states().get(i).toFloats(), within(1e-6f));
            }
            // From the last position to the first, the second part comes first.
            Passage back = run(layer.reverse(), variables, Passage.of(x));
            Passage end = run(layer.reverse(), variables, Passage.of(x.slice(1, 3, 7)));
            Passage start = run(layer.reverse(), variables, new Passage(x.slice(1, 0, 3), end.states()));
            assertThat(Tensor.concatenate(1, List.of(start.sequence(), end.sequence())).toFloats())
                    .containsExactly(back.sequence().toFloats(), within(1e-6f));
        });
    }

    @ParameterizedTest
    @MethodSource("layers")
    void itIsTheLayer(Recurrent layer) {
        Variables variables = layer.init(RandomKey.of(1), SEQUENCE);
        Passage passage = run(layer, variables, Passage.of(SEQUENCE));
        assertThat(passage.states().getFirst()
                .sameBits(layer.apply(variables, SEQUENCE, Mode.inference()).output())).isTrue();
        assertThat(passage.sequence()
                .sameBits(layer.withSequences().apply(variables, SEQUENCE, Mode.inference()).output())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void pieceByPieceOnlyTheFirstBeginsWithThem(Recurrent layer) {
        Variables variables = layer.init(RandomKey.of(1), SEQUENCE);
        List<Tensor> states = run(layer, variables, Passage.of(SEQUENCE.flip(1))).states();
        Passage whole = run(layer, variables, new Passage(SEQUENCE, states));
        var memory = new LinkedHashMap<String, Tensor>();
        Applied<Passage> first = layer.withStates().apply(variables, new Passage(SEQUENCE.slice(1, 0, 2), states),
                new Mode.Streaming(memory, Tensor.full(DType.I32, Shape.SCALAR, 0), 7));
        Applied<Passage> second = layer.withStates().apply(variables, new Passage(SEQUENCE.slice(1, 2, 7), states),
                new Mode.Streaming(first.memory(), Tensor.full(DType.I32, Shape.SCALAR, 2), 7));
        assertThat(Tensor.concatenate(1, List.of(first.output().sequence(), second.output().sequence())).toFloats())
                .containsExactly(whole.sequence().toFloats(), within(1e-6f));
    }

    @Test
    void whatDoesNotFitIsExplained() {
        RecurrentStates lstm = Lstm.of(3).withStates();
        Tensor state = Tensor.zeros(2, 3);
        assertThatThrownBy(() -> lstm.init(RandomKey.of(1), new Passage(SEQUENCE, List.of(state))))
                .isInstanceOf(ShapeException.class).hasMessageContaining("2 state(s)").hasMessageContaining("given 1");
        assertThatThrownBy(() -> lstm.init(RandomKey.of(1), new Passage(SEQUENCE, List.of(state, Tensor.zeros(2, 4)))))
                .isInstanceOf(ShapeException.class).hasMessageContaining("State 2").hasMessageContaining("[2, 4]")
                .hasMessageContaining("[2, 3]");
    }
}
