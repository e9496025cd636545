package dev.cajal.autodiff;

import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.List;

/// Gradients of reading and writing at computed positions, and of sorting. Positions themselves have no gradient.
final class IndexGradients {
    private IndexGradients() {}

    static void gather(Op.Gather gather, Pullback node) {
        GatherDimensions d = gather.dimensions();
        ScatterDimensions back = new ScatterDimensions(
                d.offset(), d.collapsed(), d.operandBatching(), d.indicesBatching(), d.startIndexMap(),
                d.indexVector());
        node.give(0, () -> Ops.scatter(
                Ops.zeros(node.operand(0).type()), node.operand(1), node.cotangent(), back, Op.Scatter.Combiner.ADD));
    }

    static void dynamicSlice(Pullback node) {
        node.give(0, () -> Ops.dynamicUpdateSlice(
                Ops.zeros(node.operand(0).type()), node.cotangent(), starts(node, 1)));
    }

    static void dynamicUpdateSlice(Pullback node) {
        Value g = node.cotangent();
        Value update = node.operand(1);
        node.give(0, () -> Ops.dynamicUpdateSlice(g, Ops.zeros(update.type()), starts(node, 2)));
        node.give(1, () -> Ops.dynamicSlice(g, starts(node, 2), update.shape().dims()));
    }

    private static List<Value> starts(Pullback node, int from) {
        List<Value> inputs = node.node().inputs();
        return inputs.subList(from, inputs.size());
    }

    /// Sorts positions along, then sorts the cotangents by these positions, which brings them back to where they came from.
    static void sort(Op.Sort sort, Pullback node) {
        List<Integer> wanted = node.wanted().stream().filter(node::hasCotangent).toList();
        if (wanted.isEmpty()) {
            return;
        }
        Value key = node.operand(0);
        Value positions = Ops.iota(key.type().withDType(DType.I32), sort.dimension());
        Value origins = Ops.sort(List.of(key, positions), sort.dimension(), sort.descending()).getLast();
        List<Value> together = new ArrayList<>(List.of(origins));
        wanted.forEach(i -> together.add(node.cotangent(i)));
        List<Value> back = Ops.sort(together, sort.dimension(), false);
        for (int k = 0; k < wanted.size(); k++) {
            Value share = back.get(k + 1);
            node.give(wanted.get(k), () -> share);
        }
    }
}
