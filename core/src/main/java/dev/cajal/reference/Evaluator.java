package dev.cajal.reference;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.TensorType;
import java.util.List;

/// Computes one operation. One method for each, in files by family.
final class Evaluator {
    private Evaluator() {}

    static List<Elements> evaluate(Program.Step step, List<Elements> in, boolean checked) {
        Node node = step.node();
        return switch (node.op()) {
            case Op.Parameter _ -> throw new AssertionError(node);
            case Op.Constant constant -> List.of(Elements.of(constant.literal()));
            case Op.Iota iota -> List.of(Elementwise.iota(iota));
            case Op.Unary unary -> List.of(Elementwise.unary(unary.kind(), in.get(0), type(node)));
            case Op.Binary binary -> List.of(Elementwise.binary(binary, in.get(0), in.get(1)));
            case Op.Compare compare -> List.of(Elementwise.compare(compare, in.get(0), in.get(1), type(node)));
            case Op.Select _ -> List.of(Elementwise.select(in.get(0), in.get(1), in.get(2)));
            case Op.Convert _ -> List.of(Elementwise.convert(in.get(0), type(node)));
            case Op.BitcastConvert _ -> List.of(Elementwise.bitcast(in.get(0), type(node)));
            case Op.Reshape _ -> List.of(in.get(0).withType(type(node)));
            case Op.Transpose transpose -> List.of(Movement.transpose(transpose, in.get(0), type(node)));
            case Op.BroadcastInDim broadcast -> List.of(Movement.broadcast(broadcast, in.get(0), type(node)));
            case Op.Slice slice -> List.of(Movement.slice(slice, in.get(0), type(node)));
            case Op.Pad pad -> List.of(Movement.pad(pad, in.get(0), in.get(1), type(node)));
            case Op.Concatenate concatenate -> List.of(Movement.concatenate(concatenate, in, type(node)));
            case Op.Reverse reverse -> List.of(Movement.reverse(reverse, in.get(0)));
            case Op.DotGeneral dot -> List.of(Products.dot(dot, in.get(0), in.get(1), type(node)));
            case Op.Convolution conv -> List.of(Products.convolution(conv, in.get(0), in.get(1), type(node)));
            case Op.Reduce reduce -> List.of(Reductions.reduce(reduce, in.get(0), type(node)));
            case Op.ReduceWindow reduce -> List.of(Reductions.reduceWindow(reduce, in.get(0), type(node)));
            case Op.SelectAndScatter scatter -> List.of(Reductions.selectAndScatter(scatter, in.get(0), in.get(1)));
            case Op.Gather gather -> List.of(Indexing.gather(node, gather, in.get(0), in.get(1), type(node)));
            case Op.Scatter scatter -> List.of(Indexing.scatter(node, scatter, in.get(0), in.get(1), in.get(2)));
            case Op.DynamicSlice _ ->
                List.of(Indexing.dynamicSlice(in.get(0), in.subList(1, in.size()), type(node)));
            case Op.DynamicUpdateSlice _ ->
                List.of(Indexing.dynamicUpdateSlice(in.get(0), in.get(1), in.subList(2, in.size())));
            case Op.Sort sort -> Sorting.sort(sort, in);
            case Op.While _ -> Loops.repeat(step.regions().get(0), step.regions().get(1), in, checked);
            case Op.Scan scan -> Loops.scan(scan, step.regions().get(0), in, node.types(), checked);
            case Op.OptimizationBarrier _ -> in;
            case Op.StopGradient _ -> List.of(in.get(0));
            case Op.Composite _ -> step.regions().get(0).run(in, checked);
        };
    }

    private static TensorType type(Node node) {
        return node.types().getFirst();
    }
}
