package dev.cajal.ir;

import dev.cajal.type.CajalException;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An operation with its operands: a vertex of the graph. Nodes are compared by identity, since comparing the structure of a graph with
/// shared parts takes exponential time.
///
/// A node never changes, with one exception: once the elements of an eager node are known they are put [here][#settle], and the node
/// forgets its operands, so that a long computation does not keep its past alive.
public final class Node {
    private final Op op;
    private final List<TensorType> types;
    private final Origin origin;
    private final @Nullable Trace trace;
    private final int depth;
    /// Operands until the node is settled; then what [#settle] got.
    private volatile State state;

    private sealed interface State {
        record Pending(List<Value> inputs) implements State {}

        record Settled(List<?> contents) implements State {}
    }

    private Node(Op op, List<Value> inputs, List<TensorType> types, Origin origin, @Nullable Trace trace) {
        this(op, types, origin, trace, depth(inputs), new State.Pending(inputs));
    }

    private Node(Op op, List<TensorType> types, Origin origin, @Nullable Trace trace, int depth, State state) {
        this.op = op;
        this.types = types;
        this.origin = origin;
        this.trace = trace;
        this.depth = depth;
        this.state = state;
    }

    private static int depth(List<Value> inputs) {
        int depth = 0;
        for (Value input : inputs) {
            depth = Math.max(depth, input.node().isSettled() ? 0 : input.node().depth);
        }
        return depth + 1;
    }

    /// A node whose result types follow from the operands.
    ///
    /// @throws dev.cajal.type.ShapeException if the operands do not fit the operation
    /// @throws CajalException if an operand escaped from a traced function
    public static Node of(Op op, List<Value> inputs) {
        return of(op, inputs, Origin.current());
    }

    /// A node with a given origin.
    public static Node of(Op op, List<Value> inputs, Origin origin) {
        Trace trace = null;
        for (Value input : inputs) {
            Trace other = input.node().trace;
            if (other != null && other.isFinished()) {
                throw escaped(other);
            }
            trace = Trace.innermost(trace, other);
        }
        List<TensorType> types = TypeRules.infer(op, inputs.stream().map(Value::type).toList(), origin);
        return new Node(op, List.copyOf(inputs), types, origin, trace);
    }

    static Node parameter(Op.Parameter parameter, @Nullable Trace trace) {
        return new Node(parameter, List.of(), List.of(parameter.type()), Origin.current(), trace);
    }

    /// A node whose elements are known from the beginning, such as an array that a user handed in.
    public static Node settled(TensorType type, Object content) {
        return new Node(new Op.Parameter(type, "array"), List.of(type), Origin.NONE, null, 1,
                new State.Settled(List.of(content)));
    }

    /// The error for a placeholder that is used after its function has returned.
    public static CajalException escaped(Trace trace) {
        return new CajalException(
                "trace.escaped",
                "A tensor that was made inside of a function under %s was kept and used outside of it, where it has no elements. "
                        + "Return it from the function instead of storing it in a field or a list.",
                trace.name());
    }

    /// What is computed.
    public Op op() {
        return op;
    }

    /// The operands; none once the node is settled.
    public List<Value> inputs() {
        return state instanceof State.Pending pending ? pending.inputs() : List.of();
    }

    /// The types of the results.
    public List<TensorType> types() {
        return types;
    }

    /// Where in a model the node was made.
    public Origin origin() {
        return origin;
    }

    /// The traced function that the node belongs to; null for an eager one.
    public @Nullable Trace trace() {
        return trace;
    }

    /// The length of the longest chain of pending nodes that ended here when the node was made.
    public int depth() {
        return depth;
    }

    /// The only result.
    ///
    /// @throws IllegalStateException if there are several
    public Value value() {
        if (types.size() != 1) {
            throw new IllegalStateException(op + " has " + types.size() + " results");
        }
        return new Value(this, 0);
    }

    /// All results.
    public List<Value> values() {
        return IntStream.range(0, types.size()).mapToObj(i -> new Value(this, i)).toList();
    }

    /// Whether the elements of the results are known.
    public boolean isSettled() {
        return state instanceof State.Settled;
    }

    /// The elements of a result, in the form that whoever settled the node keeps them in; null if it is not settled.
    public @Nullable Object content(int index) {
        return state instanceof State.Settled settled ? settled.contents().get(index) : null;
    }

    /// Puts the elements of all results into the node and forgets its operands. Settling twice is harmless: equal graphs have equal
    /// elements.
    public void settle(List<?> contents) {
        if (trace != null) {
            throw new IllegalStateException("a traced node has no elements");
        }
        state = new State.Settled(List.copyOf(contents));
    }

    @Override
    public String toString() {
        String name = op.getClass().getSimpleName();
        return origin.path().isEmpty() ? name : name + " in " + origin.path();
    }
}
