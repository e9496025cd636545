package dev.cajal.rewrite;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.StructureKey;
import dev.cajal.ir.Substitution;
import dev.cajal.ir.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Rebuilds a graph from operands to users: each node is first made simple by the [rules][Rules], then looked up among those that are there already.
///
/// Since operands are simple before their users are looked at, one walk applies the rules until none applies any more.
final class Simplifier {
    /// Bodies that have been simplified, and what became of them.
    private final Map<Graph, Graph> regions = new IdentityHashMap<>();

    /// Simplifies a graph and the graphs inside of its operations.
    Graph simplify(Graph graph) {
        Walk walk = new Walk();
        graph.nodes().forEach(walk::add);
        // A parameter may be unused, or handed through.
        graph.parameters().forEach(parameter -> walk.simple.put(parameter, parameter));
        return Graph.of(graph.parameters(), walk.simple.of(graph.results()));
    }

    private Graph region(Graph graph) {
        Graph known = regions.get(graph);
        if (known != null) {
            return known;
        }
        Graph simple = Rewrites.simplify(graph);
        regions.put(graph, simple);
        regions.put(simple, simple);
        return simple;
    }

    /// One graph on its way.
    private final class Walk {
        private final Substitution simple = new Substitution();
        private final Map<Key, Node> table = new HashMap<>();
        /// Nodes to which no rule applies, numbered as they came.
        private final Map<Node, Integer> done = new IdentityHashMap<>();

        private record Key(Object op, List<Value> inputs) {}

        /// Enters what stands for the results of a node whose operands have been added before.
        void add(Node node) {
            if (node.op() instanceof Op.Parameter) {
                node.values().forEach(value -> simple.put(value, value));
                done.put(node, done.size());
                return;
            }
            List<Value> inputs = simple.of(node.inputs());
            Op op = withSimpleRegions(node.op());
            boolean same = op == node.op() && inputs.equals(node.inputs());
            simple.putAll(node.values(), settle(same ? node : Node.of(op, inputs, node.origin())));
        }

        /// Applies rules to a node with simple operands until none applies.
        private List<Value> settle(Node node) {
            Key key = key(node);
            Node known = table.get(key);
            if (known != null && known != node) {
                return simple.of(known.values());
            }
            List<Value> replacement = node.origin().in(() -> Rules.first(node));
            table.put(key, node);
            if (replacement.isEmpty()) {
                done.put(node, done.size());
                simple.putAll(node.values(), node.values());
                return node.values();
            }
            for (Node fresh : Graph.topological(replacement, done.keySet())) {
                if (!done.containsKey(fresh)) {
                    add(fresh);
                }
            }
            List<Value> results = simple.of(replacement);
            simple.putAll(node.values(), results);
            return results;
        }

        /// What two nodes have in common that compute the same. A barrier has nothing in common with any other: it is there to keep values apart.
        private Key key(Node node) {
            List<Value> inputs = node.inputs();
            return switch (node.op()) {
                case Op.OptimizationBarrier _ -> new Key(node, inputs);
                case Op.While loop -> new Key(
                        List.of("while", StructureKey.of(loop.condition()), StructureKey.of(loop.body())), inputs);
                case Op.Scan scan -> new Key(
                        List.of("scan", StructureKey.of(scan.body()), scan.carries(), scan.xs(), scan.length(),
                                scan.reverse()),
                        inputs);
                case Op.Composite composite -> new Key(
                        List.of(composite.kind(), composite.version(), StructureKey.of(composite.decomposition())),
                        inputs);
                case Op.Binary binary when binary.kind().isCommutative() -> new Key(binary, ordered(inputs));
                case Op other -> new Key(other, inputs);
            };
        }

        /// The operands in the order in which they were made, so that `a + b` and `b + a` are found to be the same.
        private List<Value> ordered(List<Value> inputs) {
            Comparator<Value> older = Comparator.comparing(value -> Objects.requireNonNull(done.get(value.node())));
            return inputs.stream().sorted(older.thenComparing(Value::index)).toList();
        }
    }

    private Op withSimpleRegions(Op op) {
        return switch (op) {
            case Op.While loop -> {
                Graph condition = region(loop.condition());
                Graph body = region(loop.body());
                yield condition == loop.condition() && body == loop.body() ? loop : new Op.While(condition, body);
            }
            case Op.Scan scan -> {
                Graph body = region(scan.body());
                yield body == scan.body()
                        ? scan
                        : new Op.Scan(body, scan.carries(), scan.xs(), scan.length(), scan.reverse());
            }
            case Op.Composite composite -> {
                Graph decomposition = region(composite.decomposition());
                yield decomposition == composite.decomposition() && composite.gradient().isEmpty()
                        ? composite
                        : new Op.Composite(composite.kind(), composite.version(), decomposition, Optional.empty());
            }
            case Op other -> other;
        };
    }
}
