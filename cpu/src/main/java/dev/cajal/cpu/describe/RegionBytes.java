package dev.cajal.cpu.describe;

import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.List;

/// Counts the bytes that a region has to move at least: each element that it needs read once, each element that it gives written once.
final class RegionBytes {
    private RegionBytes() {}

    /// @param nodes of the region
    static long count(Region region, List<Node> nodes, Regions regions, Allocations allocations) {
        long bytes = 0;
        for (Value read : regions.reads(region)) {
            boolean isUpdated = region.outputs().stream()
                    .anyMatch(output -> allocations.number(output) == allocations.number(read))
                    && region instanceof Region.Whole;
            bytes += isUpdated ? 0 : read(read, nodes);
        }
        for (Value output : region.outputs()) {
            bytes += written(region, output, allocations);
        }
        return bytes;
    }

    /// An operation that picks elements reads those; one that is given the same value in several ways reads it once.
    private static long read(Value value, List<Node> nodes) {
        long bytes = 0;
        for (Node node : nodes) {
            for (int i = 0; i < node.inputs().size(); i++) {
                if (Regions.memory(node.inputs().get(i)).equals(value)) {
                    bytes += picks(node, i) ? bytes(node.value()) : bytes(value);
                }
            }
        }
        return Math.min(bytes, bytes(value));
    }

    private static boolean picks(Node node, int operand) {
        return operand == 0 && switch (node.op()) {
            case Op.Slice _, Op.Gather _, Op.DynamicSlice _ -> true;
            default -> false;
        };
    }

    /// What is updated in place is read and written only where the updates fall; what stands there is read where something is combined with it.
    private static long written(Region region, Value output, Allocations allocations) {
        if (region instanceof Region.Whole(Node node)
                && (node.op() instanceof Op.Scatter || node.op() instanceof Op.DynamicUpdateSlice)
                && allocations.number(node.inputs().getFirst()) == allocations.number(output)) {
            return node.op() instanceof Op.Scatter(var _, Op.Scatter.Combiner combiner)
                    ? bytes(node.inputs().get(2)) * (combiner == Op.Scatter.Combiner.REPLACE ? 1 : 2)
                    : bytes(node.inputs().get(1));
        }
        return bytes(output);
    }

    private static long bytes(Value value) {
        return value.type().byteSize();
    }
}
