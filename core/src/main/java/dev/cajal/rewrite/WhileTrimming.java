package dev.cajal.rewrite;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Substitution;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes out of a [while loop][Op.While] the carried values that neither the condition nor a used result depends on.
final class WhileTrimming {
    private WhileTrimming() {}

    /// What stands for the used results of a smaller loop; nothing if it cannot be smaller.
    static Map<Integer, Value> trim(Op.While loop, Node node, Set<Value> used, Substitution copies) {
        List<Value> parameters = loop.body().parameters();
        List<Value> results = loop.body().results();
        Set<Integer> live = new HashSet<>(
                LoopTrimming.needed(loop.condition().parameters(), loop.condition().results()));
        node.values().stream().filter(used::contains).forEach(value -> live.add(value.index()));
        while (live.addAll(LoopTrimming.needed(parameters, live.stream().map(results::get).toList()))) {
            // Until what is live depends on nothing else.
        }
        if (live.size() == parameters.size()) {
            return Map.of();
        }
        List<Integer> kept = live.stream().sorted().toList();
        Graph condition = Graph.of(
                kept.stream().map(loop.condition().parameters()::get).toList(), loop.condition().results());
        Graph body = Graph.of(kept.stream().map(parameters::get).toList(), kept.stream().map(results::get).toList());
        List<Value> operands = new ArrayList<>();
        kept.forEach(i -> operands.add(copies.of(node.inputs().get(i))));
        List<Value> values = node.origin().in(() -> Ops.loop(condition, body, operands));
        Map<Integer, Value> trimmed = new HashMap<>();
        for (int k = 0; k < kept.size(); k++) {
            trimmed.put(kept.get(k), values.get(k));
        }
        return trimmed;
    }
}
