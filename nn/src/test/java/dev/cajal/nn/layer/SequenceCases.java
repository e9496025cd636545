package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.TANH;
import static dev.cajal.nn.initializer.Initializers.zeros;

import dev.cajal.nn.Fixture;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Layers that go along sequences, and attention: several lengths, directions, layers, states that come in and go out, positions.
final class SequenceCases {
    static final Fixture FIXTURE = Fixture.of(SequenceCases.class, "sequences.json");

    private static final AttentionPositions LINEAR = new AttentionPositions.LinearBias();

    private SequenceCases() {}

    /// A layer that is told of padding, as one inside of [Padded] is: sequences of 3, 5 and 1 positions.
    record OfLengths(Layer layer) implements Layer {
        @Override
        public Tensor apply(Tensor x, Scope scope) {
            Tensor lengths = Tensor.of(new int[] {3, 5, 1}, Shape.of(3, 1));
            Tensor present = Tensor.range(x.dim(1), DType.I32).expandDims(0).lt(lengths);
            return layer.apply(x, scope.with(scope.surroundings().withPresent(present)));
        }
    }

    /// A recurrent layer's outputs, and behind them its last states.
    ///
    /// @param given whether the states to begin with are parameters
    record Behind(RecurrentStates network, boolean given) implements Layer {
        @Override
        public Tensor apply(Tensor x, Scope scope) {
            List<Tensor> first = new ArrayList<>();
            RecurrentCell cell = network.layer().cell();
            for (int i = 0; given && i < cell.states(); i++) {
                first.add(scope.parameter("state" + i, cell.stateShape(x.dim(0), i), zeros()));
            }
            RecurrentStates.Passage passed = network.apply(new RecurrentStates.Passage(x, first), scope);
            List<Tensor> parts = new ArrayList<>(List.of(passed.sequence()));
            passed.states().forEach(state -> parts.add(state.expandDims(1)));
            return Tensor.concatenate(1, parts);
        }
    }

    private static LayerFixtureTest.Case of(String name, Layer layer, int... input) {
        return LayerFixtureTest.Case.of(name, FIXTURE, layer, Shape.of(input));
    }

    private static LayerFixtureTest.Case ofLengths(String name, Layer layer) {
        return of(name, new OfLengths(layer), 3, 5, 3);
    }

    private static Layer given(Recurrent layer) {
        return new Behind(layer.withStates(), true);
    }

    private static Layer behind(Recurrent layer) {
        return new Behind(layer.withStates(), false);
    }

    static Stream<LayerFixtureTest.Case> all() {
        Recurrent rnn = Rnn.of(4).withSequences();
        Recurrent lstm = Lstm.of(4).withSequences();
        Recurrent gru = Gru.of(4).withSequences();
        Layer lstmBothWays = Lstm.of(2).withSequences().bidirectional();
        return Stream.of(
                of("rnn_states", given(rnn), 2, 5, 3),
                of("lstm_states", given(lstm), 2, 5, 3),
                of("gru_states", given(gru), 2, 5, 3),
                ofLengths("lstm_states_lengths", given(lstm)),
                ofLengths("rnn_lengths", behind(rnn)),
                ofLengths("gru_lengths", behind(gru)),
                of("rnn_bidirectional", Rnn.of(2).withSequences().bidirectional(), 2, 4, 3),
                of("lstm_bidirectional", lstmBothWays, 2, 4, 3),
                of("lstm_bidirectional_last", Lstm.of(2).bidirectional(), 2, 4, 3),
                ofLengths("lstm_bidirectional_lengths", lstmBothWays),
                ofLengths("gru_bidirectional_lengths", Gru.of(2).withSequences().bidirectional()),
                ofLengths("gru_bidirectional_lengths_last", Gru.of(2).bidirectional()),
                of("rnn_stacked", Network.sequential(rnn, rnn), 2, 5, 3),
                of("lstm_stacked", Network.sequential(lstm, lstm), 2, 5, 3),
                of("gru_stacked", Network.sequential(gru, gru), 2, 5, 3),
                ofLengths("lstm_stacked_bidirectional_lengths", Network.sequential(lstmBothWays, lstmBothWays)),
                ofLengths("lstm_projected_lengths", Lstm.of(4, 2).withSequences()),
                of("attention_present", new OfLengths(MultiHeadAttention.of(2)), 3, 5, 6),
                of("attention_present_causal", new OfLengths(MultiHeadAttention.causal(2)), 3, 5, 6),
                of("attention_linear_bias_both_ways", MultiHeadAttention.of(4).withPositions(LINEAR), 2, 5, 8),
                of("attention_linear_bias_six_heads", MultiHeadAttention.causal(6).withPositions(LINEAR), 2, 5, 6),
                of("attention_linear_bias_twelve_heads", MultiHeadAttention.of(12).withPositions(LINEAR), 1, 4, 12),
                of("attention_linear_bias_present",
                        new OfLengths(MultiHeadAttention.of(3).withPositions(LINEAR)), 3, 5, 6),
                of("sinusoidal", SinusoidalPositions.of(), 2, 7, 6),
                of("sinusoidal_odd", SinusoidalPositions.of(), 2, 4, 5),
                of("position_embedding", PositionEmbedding.of(6), 2, 4, 3),
                of("class_token", ClassToken.of(), 2, 4, 3),
                of("position_slice", PositionSlice.of(-2), 2, 4, 3),
                of("tied_embedding", TiedEmbedding.of(6, 3, Dense.of(3, TANH)), 2, 3),
                of("padded",
                        Padded.of(0, Network.sequential(Embedding.of(6, 3),
                                Branches.concatenated(GlobalPooling.average(), GlobalPooling.max()))),
                        2, 4));
    }
}
