package dev.cajal.cpu.describe;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.GraphPrinter;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says what operations compute, in the field's words: `matmul 128x784 . 784x512 + bias + relu`.
final class RegionText {
    private static final String AND = " + ";
    private static final String BITS = "random bits";
    /// A Threefry has more rotations than that; nothing else that people compute with has so many.
    private static final int MANY_ROTATIONS = 4;

    private RegionText() {}

    /// The words of a region, in the order of its operations; a word that comes again is counted where it came first.
    ///
    /// @param nodes of the region, operands before users
    /// @param space what it runs over
    static String of(List<Node> nodes, Shape space) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        boolean largeIsNamed = false;
        for (Node node : nodes) {
            Optional<String> word = word(node, nodes);
            word.ifPresent(known -> counts.merge(known, 1, (before, one) -> known.equals(BITS) ? one : before + one));
            largeIsNamed |= word.isPresent() && !isElementwise(node);
        }
        if (counts.isEmpty()) {
            counts.put(moved(nodes), 1);
        }
        String text = counts.entrySet().stream()
                .map(entry -> entry.getValue() == 1 ? entry.getKey() : entry.getKey() + " x" + entry.getValue())
                .collect(Collectors.joining(AND));
        return largeIsNamed ? text : text + ", " + shape(space);
    }

    /// Whether a node computes something that a person would name.
    static boolean isNamed(Node node, List<Node> nodes) {
        return word(node, nodes).isPresent();
    }

    private static Optional<String> word(Node node, List<Node> nodes) {
        return switch (node.op()) {
            case Op.Binary(BinaryKind kind) when isOfBits(kind, node.value(), nodes) -> Optional.of(BITS);
            case Op.Binary(BinaryKind kind) ->
                Optional.of(kind == BinaryKind.ADD && isBias(node) ? "bias" : kind.label());
            case Op.Unary unary -> Optional.of(unary.kind().label());
            case Op.Compare _ -> isOfRelu(node, nodes) ? Optional.empty() : Optional.of("compare");
            case Op.Select _ -> Optional.of(isRelu(node) ? "relu" : "select");
            case Op.Convert convert -> Optional.of("to " + convert.to());
            case Op.DotGeneral dot -> Optional.of(product(node, dot));
            case Op.Reduce reduce -> Optional.of(switch (reduce.reducer()) {
                case AND -> "all";
                case OR -> "any";
                case SUM, PRODUCT, MAX, MIN -> reduce.reducer().name().toLowerCase(Locale.ROOT);
            } + shapes(node));
            case Op.Scan scan -> Optional.of("scan x" + scan.length() + shapes(node));
            case Op.Transpose _, Op.Reverse _, Op.Slice _ -> Optional.of(GraphPrinter.label(node.op()));
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.BroadcastInDim _, Op.Reshape _, Op.BitcastConvert _ ->
                Optional.empty();
            case Op.StopGradient _, Op.OptimizationBarrier _ -> Optional.empty();
            case Op.Pad _, Op.Concatenate _, Op.Convolution _, Op.ReduceWindow _, Op.SelectAndScatter _, Op.Gather _ ->
                Optional.of(GraphPrinter.label(node.op()) + shapes(node));
            case Op.Scatter _, Op.DynamicSlice _, Op.DynamicUpdateSlice _, Op.Sort _, Op.While _, Op.Composite _ ->
                Optional.of(GraphPrinter.label(node.op()) + shapes(node));
        };
    }

    /// Whether an operation on whole numbers is one of the many that make random bits.
    private static boolean isOfBits(BinaryKind kind, Value value, List<Node> nodes) {
        boolean mixes = switch (kind) {
            case ADD, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> !value.dtype().isFloating();
            default -> false;
        };
        return mixes && nodes.stream()
                .filter(node -> node.op() instanceof Op.Binary(BinaryKind other) && other == BinaryKind.SHIFT_LEFT)
                .count() > MANY_ROTATIONS;
    }

    private static boolean isElementwise(Node node) {
        return switch (node.op()) {
            case Op.Binary _, Op.Unary _, Op.Compare _, Op.Select _, Op.Convert _ -> true;
            case Op.Transpose _, Op.Reverse _, Op.Slice _ -> true;
            default -> false;
        };
    }

    /// What a loop does that computes nothing.
    private static String moved(List<Node> nodes) {
        boolean fills = nodes.stream()
                .allMatch(node -> node.inputs().isEmpty() || node.op() instanceof Op.BroadcastInDim)
                && nodes.stream().anyMatch(node -> node.inputs().isEmpty());
        return fills ? "fill" : "copy";
    }

    /// A vector that is added to each row.
    private static boolean isBias(Node sum) {
        return sum.inputs().stream().anyMatch(input -> input.node().op() instanceof Op.BroadcastInDim
                && input.node().inputs().getFirst().shape().rank() == 1
                && input.node().inputs().getFirst().node().op() instanceof Op.Parameter);
    }

    /// `x <= 0 ? 0 : x`.
    private static boolean isRelu(Node select) {
        Value condition = select.inputs().getFirst();
        return condition.node().op() instanceof Op.Compare
                && condition.node().inputs().getFirst().equals(select.inputs().get(2))
                && isZero(condition.node().inputs().get(1)) && isZero(select.inputs().get(1));
    }

    private static boolean isOfRelu(Node compare, List<Node> nodes) {
        return nodes.stream().anyMatch(node -> node.op() instanceof Op.Select
                && node.inputs().getFirst().node() == compare && isRelu(node));
    }

    private static boolean isZero(Value value) {
        Node node = value.node();
        while (node.op() instanceof Op.BroadcastInDim) {
            node = node.inputs().getFirst().node();
        }
        return node.op() instanceof Op.Constant(var literal) && literal.isSplat() && literal.type().size() > 0
                && literal.doubleAt(0) == 0;
    }

    private static String product(Node node, Op.DotGeneral dot) {
        Shape left = node.inputs().get(0).shape();
        Shape right = node.inputs().get(1).shape();
        long batch = dot.leftBatch().stream().mapToLong(left::dim).reduce(1, Math::multiplyExact);
        long k = dot.leftContracting().stream().mapToLong(left::dim).reduce(1, Math::multiplyExact);
        long m = k * batch == 0 ? 0 : left.size() / k / batch;
        long n = k * batch == 0 ? 0 : right.size() / k / batch;
        return "matmul " + (batch == 1 ? "" : batch + " of ") + m + "x" + k + " . " + k + "x" + n;
    }

    /// From which shapes to which.
    private static String shapes(Node node) {
        List<String> operands = new ArrayList<>();
        node.inputs().stream().map(Value::shape).filter(shape -> shape.rank() > 0)
                .forEach(shape -> operands.add(shape(shape)));
        List<String> results = node.values().stream().map(value -> shape(value.shape())).toList();
        return " " + String.join(", ", operands) + " -> " + String.join(", ", results);
    }

    private static String shape(Shape shape) {
        return shape.rank() == 0
                ? "1"
                : shape.dims().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
