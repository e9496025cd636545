package dev.cajal.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints a graph for people: one line for each node, regions indented.
///
/// ```
/// graph(%0: f32[2, 3] x, %1: f32[3] bias) {
///   %2: f32[2, 3] = broadcastInDim %1 {shape=[2, 3], dimensions=[1]}
///   %3: f32[2, 3] = add %0 %2
///   return %3
/// }
/// ```
public final class GraphPrinter {
    private final StringBuilder out = new StringBuilder();

    private GraphPrinter() {}

    /// The text of a graph.
    public static String print(Graph graph) {
        GraphPrinter printer = new GraphPrinter();
        printer.graph("graph", graph, "");
        return printer.out.toString();
    }

    private void graph(String title, Graph graph, String indent) {
        Map<Node, Integer> numbers = new IdentityHashMap<>();
        List<String> parameters = new ArrayList<>();
        for (Value parameter : graph.parameters()) {
            int number = numbers.size();
            numbers.put(parameter.node(), number);
            String name = parameter.node().op() instanceof Op.Parameter p ? p.name() : "";
            parameters.add("%" + number + ": " + parameter.type() + " " + name);
        }
        out.append(indent).append(title).append('(').append(String.join(", ", parameters)).append(") {\n");
        for (Node node : graph.nodes()) {
            if (!numbers.containsKey(node)) {
                numbers.put(node, numbers.size());
                node(node, numbers, indent + "  ");
            }
        }
        out.append(indent).append("  return").append(references(graph.results(), numbers)).append('\n');
        out.append(indent).append("}\n");
    }

    private void node(Node node, Map<Node, Integer> numbers, String indent) {
        out.append(indent).append('%').append(numbers.get(node)).append(": ");
        out.append(node.types().stream().map(Object::toString).collect(Collectors.joining(", ")));
        out.append(" = ").append(label(node.op())).append(references(node.inputs(), numbers));
        String attributes = attributes(node.op());
        if (!attributes.isEmpty()) {
            out.append(" {").append(attributes).append('}');
        }
        if (!node.origin().path().isEmpty()) {
            out.append("  // ").append(node.origin().path());
        }
        out.append('\n');
        regions(node.op()).forEach((name, region) -> graph(name, region, indent + "  "));
    }

    private static String references(List<Value> values, Map<Node, Integer> numbers) {
        return values.stream()
                .map(value -> " %" + numbers.get(value.node())
                        + (value.node().types().size() > 1 ? "." + value.index() : ""))
                .collect(Collectors.joining());
    }

    /// The functions inside of an operation, by name.
    public static Map<String, Graph> regions(Op op) {
        return switch (op) {
            case Op.While loop -> {
                Map<String, Graph> regions = new LinkedHashMap<>();
                regions.put("condition", loop.condition());
                regions.put("body", loop.body());
                yield regions;
            }
            case Op.Scan scan -> Map.of("body", scan.body());
            case Op.Composite composite -> Map.of("decomposition", composite.decomposition());
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _ -> Map.of();
            case Op.Convert _, Op.BitcastConvert _, Op.Reshape _, Op.Transpose _, Op.BroadcastInDim _ -> Map.of();
            case Op.Slice _, Op.Pad _, Op.Concatenate _, Op.Reverse _, Op.DotGeneral _, Op.Convolution _ -> Map.of();
            case Op.Reduce _, Op.ReduceWindow _, Op.SelectAndScatter _, Op.Gather _, Op.Scatter _ -> Map.of();
            case Op.DynamicSlice _, Op.DynamicUpdateSlice _, Op.Sort _ -> Map.of();
            case Op.OptimizationBarrier _, Op.StopGradient _ -> Map.of();
        };
    }

    /// The short name of an operation: `add`, `dotGeneral`.
    public static String label(Op op) {
        return switch (op) {
            case Op.Unary unary -> unary.kind().label();
            case Op.Binary binary -> binary.kind().label();
            case Op.Composite composite -> composite.kind();
            case Op other -> {
                String name = other.getClass().getSimpleName();
                yield Character.toLowerCase(name.charAt(0)) + name.substring(1);
            }
        };
    }

    private static String attributes(Op op) {
        return switch (op) {
            case Op.Constant constant -> constant.literal().toString();
            case Op.Unary _, Op.Binary _, Op.Parameter _ -> "";
            case Op.While _ -> "";
            case Op.Scan scan ->
                "carries=" + scan.carries() + ", xs=" + scan.xs() + ", length=" + scan.length() + ", reverse="
                        + scan.reverse();
            case Op.Composite composite -> "version=" + composite.version();
            case Op other -> {
                // A record's text is Name[a=1, b=2].
                String text = other.toString();
                yield text.substring(text.indexOf('[') + 1, text.length() - 1);
            }
        };
    }
}
