package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Loops;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
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

    @Override
    public Tensor apply(Tensor x, Scope scope) {
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
        List<Tensor> first = first(wide, scope);
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
        return Inputs.narrow(sequences ? walked.output().transpose(1, 0, 2) : walked.carry().getFirst(), x);
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

    private List<Tensor> first(Tensor x, Scope scope) {
        if (scope.streaming().isPresent() && reversed) {
            throw new ShapeException("shape.recurrent-streaming",
                    "%sA recurrent layer that begins with the last position cannot be used piece by piece. Give whole sequences.",
                    Origin.current().prefix());
        }
        List<Tensor> states = new ArrayList<>();
        for (int i = 0; i < cell.states(); i++) {
            TensorType type = new TensorType(x.dtype(), cell.stateShape(x.dim(0), i));
            states.add(scope.streaming().isPresent()
                    ? scope.recall(name(i), type)
                    : Tensor.zeros(type.dtype(), type.shape()));
        }
        return states;
    }

    private static String name(int state) {
        return "state" + state;
    }
}
