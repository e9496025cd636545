package dev.cajal.rewrite;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Substitution;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Two scans that carry the same over the same operands, and differ in what they stack, become one that stacks both.
///
/// That is what a gradient leaves behind: the scan of the function itself, and a second one that stacks what the walk back needs.
final class ScanMerging {
    private ScanMerging() {}

    private record Key(List<Value> inputs, int carries, int xs, int length, boolean reverse) {
        static Key of(Op.Scan scan, Node node) {
            return new Key(node.inputs(), scan.carries(), scan.xs(), scan.length(), scan.reverse());
        }
    }

    /// One scan in place of two: its body, and where the results of the second one are among its results.
    private record Merged(Graph body, List<Integer> second) {}

    /// The graph itself if nothing can be merged.
    static Graph apply(Graph graph) {
        Map<Node, Node> first = new IdentityHashMap<>();
        Map<Node, Merged> merged = pairs(graph, first);
        if (merged.isEmpty()) {
            return graph;
        }
        Map<Node, Merged> byFirst = new IdentityHashMap<>();
        merged.forEach((second, pair) -> byFirst.put(first.get(second), pair));
        Map<Node, List<Value>> results = new IdentityHashMap<>();
        Substitution copies = new Substitution();
        graph.parameters().forEach(parameter -> copies.put(parameter, parameter));
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Scan scan && byFirst.containsKey(node)) {
                Graph body = byFirst.get(node).body();
                Op.Scan both = new Op.Scan(body, scan.carries(), scan.xs(), scan.length(), scan.reverse());
                List<Value> all = node.origin().in(() -> Ops.scan(both, copies.of(node.inputs())));
                results.put(node, all);
                copies.putAll(node.values(), all.subList(0, node.types().size()));
            } else if (merged.containsKey(node)) {
                List<Value> all = Objects.requireNonNull(results.get(first.get(node)));
                List<Value> own = merged.get(node).second().stream().map(all::get).toList();
                copies.putAll(node.values(), own);
            } else if (!(node.op() instanceof Op.Parameter)) {
                copies.copy(node);
            }
        }
        return Graph.of(graph.parameters(), copies.of(graph.results()));
    }

    /// Pairs of scans that can be one, by the second of them; fills in the first ones. A scan is in one pair at most: the next pass finds the
    /// next partner.
    private static Map<Node, Merged> pairs(Graph graph, Map<Node, Node> first) {
        Map<Key, List<Node>> candidates = new HashMap<>();
        Map<Node, Merged> merged = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Scan scan) {
                List<Node> waiting = candidates.computeIfAbsent(Key.of(scan, node), _ -> new ArrayList<>());
                boolean found = false;
                for (Node other : waiting) {
                    Optional<Merged> pair = merge((Op.Scan) other.op(), scan);
                    if (pair.isPresent()) {
                        merged.put(node, pair.get());
                        first.put(node, other);
                        waiting.remove(other);
                        found = true;
                        break;
                    }
                }
                if (!found) {
                    waiting.add(node);
                }
            }
        }
        return merged;
    }

    private static Optional<Merged> merge(Op.Scan a, Op.Scan b) {
        List<Value> parameters = a.body().parameters();
        int ofA = a.body().results().size();
        List<Value> both = new ArrayList<>(a.body().results());
        both.addAll(b.body().apply(parameters));
        Graph together = new Simplifier().simplify(Graph.of(parameters, both));
        List<Value> results = together.results();
        for (int i = 0; i < a.carries(); i++) {
            if (!results.get(i).equals(results.get(ofA + i))) {
                return Optional.empty();
            }
        }
        List<Value> kept = new ArrayList<>(results.subList(0, ofA));
        List<Integer> second = new ArrayList<>(Ops.axes(a.carries()));
        for (Value y : results.subList(ofA + a.carries(), results.size())) {
            int known = kept.subList(a.carries(), kept.size()).indexOf(y);
            if (known < 0) {
                kept.add(y);
            }
            second.add(known < 0 ? kept.size() - 1 : a.carries() + known);
        }
        return Optional.of(new Merged(Graph.of(parameters, kept), second));
    }
}
