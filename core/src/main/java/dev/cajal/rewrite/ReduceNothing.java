package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reductions over dimensions of length 1 only are reshapes; reductions of reductions are one, where the order does not matter (not for sums and
/// products of floating-point numbers). A floating-point sum of one element stays: it starts from +0, so it turns -0 into +0.
final class ReduceNothing implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Reduce(Reducer reducer, List<Integer> dimensions))) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        boolean single = dimensions.stream().allMatch(axis -> x.shape().dim(axis) == 1);
        if (single && !(reducer == Reducer.SUM && x.dtype().isFloating())) {
            return List.of(Ops.reshape(x, node.value().shape()));
        }
        boolean inAnyOrder = switch (reducer) {
            case MAX, MIN, AND, OR -> true;
            case SUM, PRODUCT -> !x.dtype().isFloating();
        };
        if (inAnyOrder && x.node().op() instanceof Op.Reduce(Reducer inner, List<Integer> before) && inner == reducer) {
            Value source = x.node().inputs().getFirst();
            List<Integer> left = new ArrayList<>(Ops.axes(source.shape().rank()));
            left.removeAll(before);
            List<Integer> all = Stream.concat(before.stream(), dimensions.stream().map(left::get)).sorted().toList();
            return List.of(Ops.reduce(reducer, source, all));
        }
        return KEEP;
    }
}
