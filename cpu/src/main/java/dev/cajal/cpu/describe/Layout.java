package dev.cajal.cpu.describe;

import dev.cajal.cpu.plan.MemoryPlan;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// What the compiler decided about a graph.
///
/// @param graph in canonical form
/// @param cut in regions
/// @param memory where values lie
public record Layout(Graph graph, Regions.Cut cut, MemoryPlan memory) {
    /// The regions that run: there is nothing to do for a constant.
    public List<Region> running() {
        return cut.order().stream()
                .filter(region -> !(region instanceof Region.Whole(Node node) && node.op() instanceof Op.Constant))
                .toList();
    }

    /// The nodes of each region that runs, operands before users.
    List<List<Node>> inside() {
        Map<Node, Integer> positions = new IdentityHashMap<>();
        graph.nodes().forEach(node -> positions.put(node, positions.size()));
        List<List<Node>> all = new ArrayList<>();
        for (Region region : running()) {
            List<Node> nodes = new ArrayList<>(cut.regions().inside(region));
            nodes.sort(Comparator.comparing(positions::get));
            all.add(nodes);
        }
        return all;
    }
}
