package dev.cajal.nn.layer;

import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Optional;

/// What a [Recurrent] layer does at each position of a sequence: from the input there and the state of the position before to the next state. The first tensor of the
/// state is the cell's output.
///
/// What depends on the input alone is computed for all positions at once, as one product: the projection, `[positions, batch, gates * units]`.
public sealed interface RecurrentCell {
    /// The numbers of the state.
    int units();

    /// Blocks of `units` columns of the kernels.
    int gates();

    /// How many numbers are the output.
    default int outputs() {
        return units();
    }

    /// The number of tensors in the state.
    default int states() {
        return 1;
    }

    /// What the loop needs besides the projection, made once before it.
    List<Tensor> weights(Scope scope);

    /// The next state.
    ///
    /// @param x the projection of one position, `[batch, gates * units]`
    /// @param state `[batch, ...]` each
    /// @param weights of [#weights]
    List<Tensor> step(Tensor x, List<Tensor> state, List<Tensor> weights);

    /// A state to begin with, `[batch, units]`.
    default Shape stateShape(int batch, int number) {
        return Shape.of(batch, number == 0 ? outputs() : units());
    }

    private static Tensor recurrentKernel(int rows, int columns, Scope scope) {
        return scope.parameter("recurrent", Shape.of(rows, columns), Initializers.orthogonal());
    }

    private static Tensor gate(Tensor sums, int number, int units) {
        return sums.slice(-1, number * units, (number + 1) * units);
    }

    /// `h' = nonlinearity(x W + b + h U)`. J. L. Elman, *Finding Structure in Time*, 1990.
    ///
    /// @param nonlinearity of the sums
    record Simple(int units, Nonlinearity nonlinearity) implements RecurrentCell {
        /// What makes the next state of the sums.
        public enum Nonlinearity {
            /// Stays between -1 and 1.
            TANH,
            /// Keeps gradients where it does not cut. Q. V. Le, N. Jaitly, G. E. Hinton, *A Simple Way to Initialize Recurrent Networks of Rectified Linear Units*, 2015.
            RELU
        }

        public Simple {
            Inputs.requirePositive("The number of units of a recurrent layer", units);
        }

        @Override
        public int gates() {
            return 1;
        }

        @Override
        public List<Tensor> weights(Scope scope) {
            return List.of(recurrentKernel(units, units, scope));
        }

        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, List<Tensor> weights) {
            Tensor sums = x.plus(state.getFirst().matmul(weights.getFirst()));
            return List.of(switch (nonlinearity) {
                case TANH -> sums.tanh();
                case RELU -> sums.maximum(0);
            });
        }
    }

    /// Long short-term memory: input gate `i`, forget gate `f`, candidate `g` and output gate `o` are the blocks of `x W + b + h U`, in that order;
    /// `c' = sigmoid(f) c + sigmoid(i) tanh(g)`, `h' = sigmoid(o) tanh(c')`. With a projection `h'` is multiplied by `P` `[units, projection]` before it goes out and
    /// round.
    ///
    /// S. Hochreiter, J. Schmidhuber, *Long Short-Term Memory*, 1997; the forget gate is of F. Gers, J. Schmidhuber, F. Cummins, *Learning to Forget*, 2000; the projection of
    /// H. Sak, A. Senior, F. Beaufays, *Long Short-Term Memory Based Recurrent Neural Network Architectures*, 2014.
    ///
    /// @param projection numbers of the output, if there are to be fewer than units
    record LongShortTerm(int units, Optional<Integer> projection) implements RecurrentCell {
        public LongShortTerm {
            Inputs.requirePositive("The number of units of a recurrent layer", units);
            Inputs.requirePositive("The projection of a recurrent layer", projection.orElse(1));
        }

        @Override
        public int gates() {
            return 4;
        }

        @Override
        public int states() {
            return 2;
        }

        @Override
        public int outputs() {
            return projection.orElse(units);
        }

        @Override
        public List<Tensor> weights(Scope scope) {
            Tensor recurrent = recurrentKernel(outputs(), 4 * units, scope);
            return projection
                    .map(count -> List.of(recurrent,
                            scope.parameter("projection", Shape.of(units, count), Initializers.glorotUniform())))
                    .orElse(List.of(recurrent));
        }

        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, List<Tensor> weights) {
            Tensor sums = x.plus(state.get(0).matmul(weights.getFirst()));
            Tensor input = gate(sums, 0, units).sigmoid();
            Tensor forget = gate(sums, 1, units).sigmoid();
            Tensor candidate = gate(sums, 2, units).tanh();
            Tensor output = gate(sums, 3, units).sigmoid();
            Tensor memory = forget.times(state.get(1)).plus(input.times(candidate));
            Tensor hidden = output.times(memory.tanh());
            return List.of(projection.isPresent() ? hidden.matmul(weights.get(1)) : hidden, memory);
        }
    }

    /// Gated recurrent unit: reset gate `r`, update gate `z` and candidate `n` are the blocks of `x W + b` and of `h U + c`, in that order;
    /// `n' = tanh(xn + sigmoid(r) hn)`, `h' = (1 - sigmoid(z)) n' + sigmoid(z) h`.
    ///
    /// K. Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation*, 2014, with the reset gate behind the product, as cuDNN, PyTorch and
    /// Keras have it.
    record Gated(int units) implements RecurrentCell {
        public Gated {
            Inputs.requirePositive("The number of units of a recurrent layer", units);
        }

        @Override
        public int gates() {
            return 3;
        }

        @Override
        public List<Tensor> weights(Scope scope) {
            return List.of(
                    recurrentKernel(units, 3 * units, scope),
                    scope.parameter("recurrentBias", Shape.of(3 * units), Initializers.zeros()));
        }

        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, List<Tensor> weights) {
            Tensor before = state.getFirst();
            Tensor sums = before.matmul(weights.get(0)).plus(weights.get(1));
            Tensor reset = gate(x, 0, units).plus(gate(sums, 0, units)).sigmoid();
            Tensor update = gate(x, 1, units).plus(gate(sums, 1, units)).sigmoid();
            Tensor candidate = gate(x, 2, units).plus(reset.times(gate(sums, 2, units))).tanh();
            return List.of(candidate.plus(update.times(before.minus(candidate))));
        }
    }

    /// The kinds of cells, for whoever writes configurations to files.
    static List<Class<?>> types() {
        return List.of(Simple.class, Simple.Nonlinearity.class, LongShortTerm.class, Gated.class);
    }
}
