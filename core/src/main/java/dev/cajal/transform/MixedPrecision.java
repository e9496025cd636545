package dev.cajal.transform;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Substitution;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rounds the operands of a graph's products: each product of f32 becomes one of narrower operands, with a result in f32 as before.
///
/// Also inside of loops. All else stays as it is, composites too: what a backend computes in an own way is not ours to change.
final class MixedPrecision {
    private final DType operands;
    private final Substitution copies = new Substitution();
    private final Map<Value, Value> rounded = new HashMap<>();

    private MixedPrecision(DType operands) {
        this.operands = operands;
    }

    static Graph of(Graph graph, DType operands) {
        return new MixedPrecision(operands).rewrite(graph);
    }

    private Graph rewrite(Graph graph) {
        graph.parameters().forEach(parameter -> copies.put(parameter, parameter));
        for (Node node : graph.nodes()) {
            if (!(node.op() instanceof Op.Parameter)) {
                copies.putAll(node.values(), node.origin().in(() -> rewrite(node, copies.of(node.inputs()))));
            }
        }
        return Graph.of(graph.parameters(), copies.of(graph.results()));
    }

    private List<Value> rewrite(Node node, List<Value> inputs) {
        Op op = switch (node.op()) {
            case Op.Scan scan ->
                new Op.Scan(of(scan.body(), operands), scan.carries(), scan.xs(), scan.length(), scan.reverse());
            case Op.While(Graph condition, Graph body) -> new Op.While(of(condition, operands), of(body, operands));
            case Op other -> other;
        };
        boolean narrower = op instanceof Op.DotGeneral && inputs.getFirst().dtype() == DType.F32;
        List<Value> arguments = narrower ? inputs.stream().map(this::round).toList() : inputs;
        return Node.of(op, arguments, node.origin()).values();
    }

    /// Once for all products that read a value.
    private Value round(Value value) {
        return rounded.computeIfAbsent(value, wide -> Ops.convert(wide, operands));
    }
}
