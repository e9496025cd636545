package dev.cajal.cpu.plan;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// What several loops need and is not written all the same: a few operations on one tensor that is in memory anyway.
///
/// Reading that tensor takes as long as reading the value would, and a vector's way to memory and back as long as dozens of operations: so a norm leaves no centred
/// and no scaled copy of its operand for its gradient.
final class Recomputed {
    /// Operations that are still cheaper than a write.
    private static final int MOST = 4;
    /// A division keeps its unit busy for as long as several others take.
    private static final int DIVISION = 8;

    private final Set<Value> written;

    private Recomputed(Set<Value> written) {
        this.written = written;
    }

    /// Takes values out of those that are written.
    ///
    /// @param several what is written only because several loops need it
    static void choose(Graph graph, Set<Value> written, Set<Value> several) {
        Recomputed recomputed = new Recomputed(written);
        for (Node node : graph.nodes()) {
            if (NodeKind.of(node) == NodeKind.FUSED && several.contains(node.value())
                    && recomputed.isCheap(node)) {
                written.remove(node.value());
            }
        }
    }

    private boolean isCheap(Node node) {
        Set<Node> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Value> large = new HashSet<>();
        List<Node> stack = new ArrayList<>(List.of(node));
        int cost = 0;
        while (!stack.isEmpty()) {
            Node next = stack.removeLast();
            if (!inside.add(next)) {
                continue;
            }
            cost += cost(next);
            if (cost > MOST || movesAlongRows(next)) {
                return false;
            }
            for (Value input : next.inputs()) {
                Value memory = Regions.memory(input);
                if (!written.contains(memory)) {
                    stack.add(memory.node());
                } else if (memory.type().size() >= node.value().type().size()) {
                    large.add(memory);
                }
            }
        }
        return large.size() <= 1 && large.stream().allMatch(Recomputed::staysInMemory);
    }

    private static int cost(Node node) {
        return node.op() instanceof Op.Binary(BinaryKind kind) && kind == BinaryKind.DIVIDE
                ? DIVISION
                : Costs.weight(node);
    }

    /// A product with a loop that works on it may not have to be written; whatever a loop needs is.
    private static boolean staysInMemory(Value value) {
        return value.node().op() instanceof Op.Parameter || NodeKind.of(value.node()) == NodeKind.FUSED;
    }

    /// Whether elements would not be read in the order in which they lie.
    private static boolean movesAlongRows(Node node) {
        return switch (node.op()) {
            case Op.Transpose _, Op.Slice _, Op.Reverse _ -> true;
            default -> false;
        };
    }
}
