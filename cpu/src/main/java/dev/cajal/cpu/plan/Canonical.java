package dev.cajal.cpu.plan;

import dev.cajal.ir.Attention;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Brings a graph into the few forms that the planner knows.
///
/// Composites are replaced by their decompositions, where there is no kernel for them. Every product becomes one of matrices, `[batch, m, k]` or `[batch, k, m]` by `[batch, k, n]` or
/// `[batch, n, k]`, without the first dimension where there is no batch; where dimensions lie in another order a transposition is put before it. So do
/// convolutions with one element; the others are convolutions or [gradients by a kernel][KernelGradient].
public final class Canonical {
    /// The most numbers of a head for which attention has a kernel.
    private static final int MOST_OF_HEAD = 512;

    private final Map<Value, Value> copies = new HashMap<>();

    private Canonical() {}

    /// The graph in canonical form.
    public static Graph of(Graph graph) {
        return new Canonical().rewrite(graph);
    }

    private Graph rewrite(Graph graph) {
        List<Value> parameters = new ArrayList<>();
        for (Value parameter : graph.parameters()) {
            String name = parameter.node().op() instanceof Op.Parameter named ? named.name() : "parameter";
            Value copy = Ops.parameter(parameter.type(), name);
            parameters.add(copy);
            copies.put(parameter, copy);
        }
        for (Node node : graph.nodes()) {
            if (!(node.op() instanceof Op.Parameter)) {
                List<Value> inputs = node.inputs().stream().map(this::copy).toList();
                List<Value> results = node.origin().in(() -> rewrite(node, inputs));
                for (int i = 0; i < results.size(); i++) {
                    copies.put(new Value(node, i), results.get(i));
                }
            }
        }
        return Graph.of(parameters, graph.results().stream().map(this::copy).toList());
    }

    /// Whether there is a kernel for a composite.
    private static boolean isKept(Op.Composite composite, List<Value> inputs) {
        boolean isAttention = Attention.of(composite).isPresent() && inputs.getFirst().dtype() == DType.F32
                && inputs.stream().allMatch(input -> input.type().size() > 0)
                && inputs.getFirst().shape().dim(3) <= MOST_OF_HEAD;
        return isAttention || KernelGradient.of(composite).isPresent();
    }

    private Value copy(Value value) {
        Value copy = copies.get(value);
        if (copy == null) {
            throw new IllegalStateException(value + " is used before it is made");
        }
        return copy;
    }

    private static List<Value> rewrite(Node node, List<Value> inputs) {
        return switch (node.op()) {
            case Op.DotGeneral dot -> List.of(product(dot, inputs.get(0), inputs.get(1)));
            case Op.Convolution convolution -> List.of(convolution(convolution, inputs.get(0), inputs.get(1)));
            case Op.Composite composite when !isKept(composite, inputs) ->
                of(composite.decomposition()).apply(inputs);
            case Op other -> Node.of(other, inputs, node.origin()).values();
        };
    }

    /// A window of one element that moves by one is a product with each point. The gradient by a kernel is known by its form; bf16 is widened, and rounded once.
    static Value convolution(Op.Convolution op, Value x, Value kernel) {
        if (isPointwise(op)) {
            int features = kernel.shape().dim(-1);
            int channels = x.shape().dim(-1);
            Value rows = Ops.reshape(x,
                    Shape.of(Math.toIntExact(x.shape().without(List.of(x.shape().rank() - 1)).size()), channels));
            Op.DotGeneral dot = new Op.DotGeneral(List.of(), List.of(), List.of(1), List.of(0), op.result());
            return Ops.reshape(Ops.dot(dot, rows, Ops.reshape(kernel, Shape.of(channels, features))),
                    x.shape().withDim(-1, features));
        }
        if (x.dtype() == DType.BF16) {
            Op.Convolution wide = new Op.Convolution(op.window(), op.featureGroups(), op.batchGroups(), DType.F32);
            return Ops.convert(convolution(wide, Ops.convert(x, DType.F32), Ops.convert(kernel, DType.F32)),
                    op.result());
        }
        return KernelGradient.of(op, x, kernel).orElseGet(() -> WithoutHoles.isFor(op)
                ? WithoutHoles.convolution(op, x, kernel)
                : Ops.convolution(op, x, kernel));
    }

    private static boolean isPointwise(Op.Convolution op) {
        Window window = op.window();
        Window still = Window.of(window.size());
        return op.featureGroups() == 1 && op.batchGroups() == 1 && window.size().stream().allMatch(size -> size == 1)
                && window.withDilation(window.baseDilation(), still.windowDilation()).equals(still);
    }

    private static Value product(Op.DotGeneral dot, Value a, Value b) {
        Operand left = Operand.of(a, dot.leftBatch(), dot.leftContracting(), false);
        Operand right = Operand.of(b, dot.rightBatch(), dot.rightContracting(), true);
        int rows = dot.leftBatch().isEmpty() ? 0 : 1;
        List<Integer> batch = dot.leftBatch().isEmpty() ? List.of() : List.of(0);
        Op.DotGeneral matrices = new Op.DotGeneral(
                batch,
                batch,
                List.of(left.contractingFirst() ? rows : rows + 1),
                List.of(right.contractingFirst() ? rows : rows + 1),
                dot.result());
        Value product = Ops.dot(matrices, left.matrices(), right.matrices());
        List<Integer> dims = Stream.of(left.batch(), left.free(), right.free()).flatMap(List::stream).toList();
        return Ops.reshape(product, Shape.of(dims));
    }

    /// One operand of a product as a batch of matrices.
    ///
    /// @param matrices of rank 3, or 2 without batch dimensions
    /// @param contractingFirst whether the contracting dimension comes before the free one
    /// @param batch lengths of the batch dimensions
    /// @param free lengths of the free dimensions
    private record Operand(Value matrices, boolean contractingFirst, List<Integer> batch, List<Integer> free) {
        /// @param preferFirst which order to take where a transposition is needed anyway
        static Operand of(Value value, List<Integer> batch, List<Integer> contracting, boolean preferFirst) {
            Shape shape = value.shape();
            List<Integer> free = Ops.axes(shape.rank()).stream()
                    .filter(axis -> !batch.contains(axis) && !contracting.contains(axis))
                    .toList();
            List<Integer> contractingLast = Stream.of(batch, free, contracting).flatMap(List::stream).toList();
            List<Integer> contractingBefore = Stream.of(batch, contracting, free).flatMap(List::stream).toList();
            List<Integer> asIs = Ops.axes(shape.rank());
            boolean first = contractingBefore.equals(asIs) || (!contractingLast.equals(asIs) && preferFirst);
            Value ordered = Ops.transpose(value, first ? contractingBefore : contractingLast);
            int f = size(shape, free);
            int k = size(shape, contracting);
            Shape matrix = first ? Shape.of(k, f) : Shape.of(f, k);
            // A batch of one would be a reshape, and perhaps a copy, for nothing.
            Value matrices = Ops.reshape(ordered, batch.isEmpty() ? matrix : matrix.insert(0, size(shape, batch)));
            return new Operand(matrices, first, lengths(shape, batch), lengths(shape, free));
        }

        private static List<Integer> lengths(Shape shape, List<Integer> axes) {
            return axes.stream().map(shape::dim).toList();
        }

        private static int size(Shape shape, List<Integer> axes) {
            return axes.stream().mapToInt(shape::dim).reduce(1, Math::multiplyExact);
        }
    }
}
