package dev.cajal.rewrite;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Substitution;
import dev.cajal.ir.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes out of loops what nobody reads: stacked results, carries that only serve themselves, operands that the body ignores. See [ScanTrimming]
/// and [WhileTrimming].
final class LoopTrimming {
    private LoopTrimming() {}

    /// The graph itself if there is nothing to take out.
    static Graph apply(Graph graph) {
        if (graph.nodes().stream().noneMatch(node -> node.op() instanceof Op.Scan || node.op() instanceof Op.While)) {
            return graph;
        }
        Set<Value> used = new HashSet<>(graph.results());
        graph.nodes().forEach(node -> used.addAll(node.inputs()));
        boolean changed = false;
        Substitution copies = new Substitution();
        graph.parameters().forEach(parameter -> copies.put(parameter, parameter));
        for (Node node : graph.nodes()) {
            Map<Integer, Value> trimmed = switch (node.op()) {
                case Op.Scan scan -> new ScanTrimming(scan, node, used, copies).trim();
                case Op.While loop -> WhileTrimming.trim(loop, node, used, copies);
                case Op _ -> Map.of();
            };
            if (!trimmed.isEmpty()) {
                changed = true;
                trimmed.forEach((index, value) -> copies.put(new Value(node, index), value));
            } else if (!(node.op() instanceof Op.Parameter)) {
                copies.copy(node);
            }
        }
        return changed ? Graph.of(graph.parameters(), copies.of(graph.results())) : graph;
    }

    /// The parameters among `parameters` that values of a body depend on, by position.
    static Set<Integer> needed(List<Value> parameters, List<Value> values) {
        Set<Integer> needed = new HashSet<>();
        for (Node node : Graph.topological(values, Set.of())) {
            if (node.op() instanceof Op.Parameter) {
                needed.add(parameters.indexOf(node.value()));
            }
        }
        return needed;
    }
}
