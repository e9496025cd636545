package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Loops;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// A cell that goes along a sequence and hands its state from position to position. [Lstm], [Gru] and [Rnn] make them.
///
/// - input: `[batch, positions, features]`
/// - output: the cell's output at each position, `[batch, positions, outputs]`; or that of the last position, `[batch, outputs]`
/// - parameters: `kernel` `[features, gates * units]`, `bias` `[gates * units]`, `recurrent` `[outputs, gates * units]`, and what the cell has besides
///
/// The loop is one operation of the graph, forward and backward, and the products with the kernel are one product before it. In
/// [dev.cajal.nn.Mode.Streaming] the state goes on from piece to piece. Inside of [Padded] it stays as it is where there is padding.
///
/// @param cell what happens at each position
/// @param sequences whether the output is that of all positions
/// @param reversed whether it goes from the last position to the first
/// @param kernel the kernel's first elements
public record Recurrent(RecurrentCell cell, boolean sequences, boolean reversed, Initializer kernel) implements Layer {
    /// The output of the last position.
    public static Recurrent of(RecurrentCell cell) {
        return new Recurrent(cell, false, false, Initializers.glorotUniform());
    }

    /// The same with the outputs of all positions, as the next recurrent layer needs them.
    public Recurrent withSequences() {
        return new Recurrent(cell, true, reversed, kernel);
    }

    /// The same from the last position to the first. Outputs stay at their positions.
    public Recurrent reverse() {
        return new Recurrent(cell, sequences, !reversed, kernel);
    }

    /// The same with other first elements of the kernel.
    public Recurrent withKernel(Initializer initializer) {
        return new Recurrent(cell, sequences, reversed, initializer);
    }

    /// Two of these, one in each direction, their outputs side by side: `[batch, ..., 2 * outputs]`.
    ///
    /// M. Schuster, K. K. Paliwal, *Bidirectional Recurrent Neural Networks*, 1997.
    public Branches bidirectional() {
        return Branches.concatenated(this, reverse());
    }

    /// The same as a network that is given the states to begin with, and gives those at the end.
    public RecurrentStates withStates() {
        return new RecurrentStates(this);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        RecurrentStates.Passage walked = pass(new RecurrentStates.Passage(x, List.of()), scope);
        return sequences ? walked.sequence() : walked.states().getFirst();
    }

    /// The outputs of all positions, and the last states.
    ///
    /// @param given the input, and the first states; zeros if there are none
    RecurrentStates.Passage pass(RecurrentStates.Passage given, Scope scope) {
        Tensor x = given.sequence();
        if (x.shape().rank() != 3) {
            throw new ShapeException("shape.recurrent",
                    "%s%s takes sequences, [batch, positions, features], but got %s. Numbers of symbols need an Embedding before it, single features expandDims(-1).",
                    Origin.current().prefix(), "Recurrent", x.type());
        }
        int columns = cell.gates() * cell.units();
        Tensor wide = Inputs.wide(x);
        Tensor projected = wide.transpose(1, 0, 2)
                .matmul(scope.parameter("kernel", Shape.of(x.dim(-1), columns), kernel))
                .plus(scope.parameter("bias", Shape.of(columns), Initializers.zeros()));
        List<Tensor> weights = cell.weights(scope);
        List<Tensor> first = first(wide, given.states(), scope);
        Loops.Step<List<Tensor>, Tensor> walked = scope.surroundings().present(x)
                .map(present -> walk(first, weights, projected, present))
                .orElseGet(() -> Loops.scan((List<Tensor> state, Tensor at) -> {
                    List<Tensor> next = cell.step(at, state, weights);
                    return new Loops.Step<>(next, next.getFirst());
                }, first, projected, reversed));
        if (scope.streaming().isPresent()) {
            for (int i = 0; i < cell.states(); i++) {
                scope.remember(name(i), walked.carry().get(i));
            }
        }
        return new RecurrentStates.Passage(Inputs.narrow(walked.output().transpose(1, 0, 2), x),
                walked.carry().stream().map(state -> Inputs.narrow(state, x)).toList());
    }

    /// Along sequences of several lengths: where there is padding the state stays, and the output is zero.
    private Loops.Step<List<Tensor>, Tensor> walk(List<Tensor> first, List<Tensor> weights, Tensor projected,
            Tensor present) {
        return Loops.scan((List<Tensor> state, List<Tensor> at) -> {
            List<Tensor> stepped = cell.step(at.get(0), state, weights);
            List<Tensor> next = IntStream.range(0, state.size())
                    .mapToObj(i -> at.get(1).choose(stepped.get(i), state.get(i)))
                    .toList();
            return new Loops.Step<>(next, at.get(1).choose(stepped.getFirst(), 0));
        }, first, List.of(projected, present.transpose(1, 0).expandDims(-1)), reversed);
    }

    private List<Tensor> first(Tensor x, List<Tensor> given, Scope scope) {
        if (scope.streaming().isPresent() && reversed) {
            throw new ShapeException("shape.recurrent-streaming",
                    "%sA recurrent layer that begins with the last position cannot be used piece by piece. Give whole sequences.",
                    Origin.current().prefix());
        }
        if (!given.isEmpty() && given.size() != cell.states()) {
            throw new ShapeException("shape.recurrent-state-count",
                    "%sThe cell has %s state(s), but is given %s to begin with. Give that many, or none for zeros.",
                    Origin.current().prefix(), cell.states(), given.size());
        }
        return IntStream.range(0, cell.states())
                .mapToObj(i -> first(i, new TensorType(x.dtype(), cell.stateShape(x.dim(0), i)), given, scope))
                .toList();
    }

    private static Tensor first(int state, TensorType type, List<Tensor> given, Scope scope) {
        Tensor begins = given.isEmpty() ? Tensor.zeros(type.dtype(), type.shape()) : wide(given, state, type);
        // Where a sequence comes piece by piece, only the first one is given its states.
        return scope.streaming().map(streaming -> recalled(name(state), type, begins, streaming, scope)).orElse(begins);
    }

    private static Tensor recalled(String name, TensorType type, Tensor begins, Mode.Streaming streaming, Scope scope) {
        Tensor before = scope.recall(name, type);
        return streaming.isFirst() ? begins : before;
    }

    private static Tensor wide(List<Tensor> given, int state, TensorType needed) {
        Tensor begins = given.get(state).asType(needed.dtype());
        if (!begins.shape().equals(needed.shape())) {
            throw new ShapeException("shape.recurrent-states",
                    "%sState %s to begin with has shape %s, but the cell needs %s for this batch.",
                    Origin.current().prefix(), state + 1, begins.shape(), needed.shape());
        }
        return begins;
    }

    private static String name(int state) {
        return "state" + state;
    }
}
