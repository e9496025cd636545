package dev.cajal.ir;

import dev.cajal.type.Shape;

/// Counts arithmetic operations on numbers, before anything runs. A multiply-add counts as two; moving, comparing and converting
/// elements counts nothing.
public final class FlopCounter {
    private FlopCounter() {}

    /// The operations of one run of a graph.
    public static long count(Graph graph) {
        return graph.nodes().stream().mapToLong(FlopCounter::count).sum();
    }

    /// The operations of one node, those of its regions included.
    ///
    /// - Element-wise functions: one for each element.
    /// - Products: `2 * m * n * k` for each batch; convolutions: two for each tap of the kernel and each element of the result, padding
    ///   included.
    /// - Reductions: one for each element that is combined; sorting: none.
    /// - Loops: those of the body for each trip. How often a [While][Op.While] goes round is unknown: it counts once.
    /// - Composites: those of the decomposition, which backends need not follow; of causal attention as if nothing were hidden.
    public static long count(Node node) {
        return switch (node.op()) {
            case Op.Unary _, Op.Binary _ -> elements(node, 0);
            case Op.DotGeneral dot -> {
                Shape left = operand(node, 0);
                long terms = dot.leftContracting().stream().mapToLong(left::dim).reduce(1, (a, b) -> a * b);
                yield 2 * terms * elements(node, 0);
            }
            case Op.Convolution _ -> {
                Shape kernel = operand(node, 1);
                int features = kernel.dim(-1);
                yield features == 0 ? 0 : 2 * (kernel.size() / features) * elements(node, 0);
            }
            case Op.Reduce _ -> operand(node, 0).size();
            case Op.ReduceWindow reduce -> Shape.of(reduce.window().size()).size() * elements(node, 0);
            case Op.SelectAndScatter _ -> operand(node, 1).size();
            case Op.Scatter scatter -> scatter.combiner() == Op.Scatter.Combiner.REPLACE ? 0 : operand(node, 2).size();
            case Op.While loop -> count(loop.condition()) + count(loop.body());
            case Op.Scan scan -> scan.length() * count(scan.body());
            case Op.Composite composite -> count(composite.decomposition());
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.Compare _, Op.Select _, Op.Convert _ -> 0;
            case Op.BitcastConvert _, Op.Reshape _, Op.Transpose _, Op.BroadcastInDim _, Op.Slice _, Op.Pad _ -> 0;
            case Op.Concatenate _, Op.Reverse _, Op.Gather _, Op.DynamicSlice _, Op.DynamicUpdateSlice _ -> 0;
            case Op.Sort _, Op.OptimizationBarrier _, Op.StopGradient _ -> 0;
        };
    }

    private static long elements(Node node, int result) {
        return node.types().get(result).size();
    }

    private static Shape operand(Node node, int index) {
        return node.inputs().get(index).shape();
    }
}
