package dev.cajal.cpu.plan;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import java.util.IdentityHashMap;
import java.util.Map;

/// What it costs to compute a value, in operations of a vector.
final class Costs {
    private Costs() {}

    /// Arithmetic operations behind a fused value, up to what is surely in memory.
    static Map<Node, Integer> of(Graph graph) {
        Map<Node, Integer> costs = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            if (NodeKind.of(node) != NodeKind.FUSED) {
                costs.put(node, 0);
                continue;
            }
            long cost = weight(node);
            for (Value input : node.inputs()) {
                cost += costs.getOrDefault(input.node(), 0);
            }
            costs.put(node, (int) Math.min(cost, 1_000_000));
        }
        return costs;
    }

    /// Whether a value is one operation on indices and constants: nothing is read to compute it.
    static boolean isOfIndices(Node node) {
        return weight(node) <= 1 && NodeKind.of(node) == NodeKind.FUSED
                && node.inputs().stream().allMatch(input -> isIndex(input.node()));
    }

    private static boolean isIndex(Node node) {
        return switch (node.op()) {
            case Op.Iota _ -> true;
            case Op.Constant constant -> constant.literal().isSplat();
            case Op.BroadcastInDim _ -> isIndex(node.inputs().getFirst().node());
            default -> false;
        };
    }

    /// About how many machine instructions an operation takes per vector.
    static int weight(Node node) {
        return switch (node.op()) {
            case Op.Unary(UnaryKind kind) -> switch (kind) {
                case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, NOT, IS_FINITE -> 1;
                case SQRT, RSQRT -> 4;
                case EXP, EXPM1, LOG, LOG1P, CBRT, SIN, COS, TAN, TANH, LOGISTIC -> 12;
            };
            case Op.Binary(BinaryKind kind) -> kind == BinaryKind.POWER || kind == BinaryKind.ATAN2 ? 30 : 1;
            case Op.Compare _, Op.Select _, Op.Convert _ -> 1;
            default -> 0;
        };
    }
}
