package dev.cajal.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The structure of a graph as something that can be compared: two graphs with equal keys compute the same function. Names and origins do
/// not count.
public final class StructureKey {
    private final List<Object> entries;
    private final int hash;

    private StructureKey(List<Object> entries) {
        this.entries = entries;
        this.hash = entries.hashCode();
    }

    /// The key of a graph.
    public static StructureKey of(Graph graph) {
        List<Object> entries = new ArrayList<>();
        append(graph, entries);
        return new StructureKey(entries);
    }

    private static void append(Graph graph, List<Object> entries) {
        Map<Node, Integer> numbers = new IdentityHashMap<>();
        entries.add(graph.parameters().size());
        for (Value parameter : graph.parameters()) {
            numbers.put(parameter.node(), numbers.size());
            entries.add(parameter.type());
        }
        for (Node node : graph.nodes()) {
            if (!numbers.containsKey(node)) {
                numbers.put(node, numbers.size());
                entries.add(withoutRegions(node.op()));
                // Counts keep entries of different meaning apart.
                entries.add(node.inputs().size());
                GraphPrinter.regions(node.op()).values().forEach(region -> append(region, entries));
                for (Value input : node.inputs()) {
                    entries.add(numbers.get(input.node()));
                    entries.add(input.index());
                }
            }
        }
        entries.add(graph.results().size());
        for (Value result : graph.results()) {
            entries.add(Objects.requireNonNull(numbers.get(result.node())));
            entries.add(result.index());
        }
    }

    /// An operation's attributes, without the graphs inside of it, which compare by identity.
    private static Object withoutRegions(Op op) {
        return switch (op) {
            case Op.While _ -> "while";
            case Op.Scan scan -> List.of("scan", scan.carries(), scan.xs(), scan.length(), scan.reverse());
            case Op.Composite composite -> List.of("composite", composite.kind(), composite.version());
            case Op other -> other;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StructureKey key && hash == key.hash && entries.equals(key.entries);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
