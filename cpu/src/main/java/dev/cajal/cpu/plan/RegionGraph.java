package dev.cajal.cpu.plan;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a region computes, as a graph of its own: from the values in memory that it reads to those that it writes.
///
/// @param graph one parameter for each value that is read
/// @param reads what the parameters stand for
public record RegionGraph(Graph graph, List<Value> reads) {
    /// The graph of a region.
    public static RegionGraph of(Region region, Regions regions) {
        List<Value> reads = List.copyOf(regions.reads(region));
        Map<Value, Value> copies = new HashMap<>();
        List<Value> parameters = new ArrayList<>();
        for (Value read : reads) {
            Value parameter = Ops.parameter(read.type(), "read" + parameters.size());
            parameters.add(parameter);
            copies.put(read, parameter);
        }
        Set<Node> inside = regions.inside(region);
        for (Node node : Graph.topological(region.outputs(), Set.of())) {
            if (inside.contains(node)) {
                List<Value> inputs = node.inputs().stream().map(input -> resolve(input, copies)).toList();
                Node copy = Node.of(node.op(), inputs, node.origin());
                for (int i = 0; i < node.types().size(); i++) {
                    copies.put(new Value(node, i), new Value(copy, i));
                }
            }
        }
        List<Value> results = region.outputs().stream().map(output -> resolve(output, copies)).toList();
        return new RegionGraph(Graph.of(parameters, results), reads);
    }

    /// The copy of a value; of an alias, a reshaped copy of what it is an alias of.
    private static Value resolve(Value value, Map<Value, Value> copies) {
        Value known = copies.get(value);
        if (known != null) {
            return known;
        }
        Value memory = Regions.memory(value);
        Value copy = copies.get(memory);
        if (copy == null) {
            throw new IllegalStateException(value + " is neither read nor computed");
        }
        return Ops.reshape(copy, value.shape());
    }
}
