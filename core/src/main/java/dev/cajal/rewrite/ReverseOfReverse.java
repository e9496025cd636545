package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Turning round: twice along the same dimension nothing; a dimension of length 1 stays as it is.
final class ReverseOfReverse implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Reverse(List<Integer> dimensions))) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        Set<Integer> turned = new TreeSet<>(dimensions);
        Value source = x;
        if (x.node().op() instanceof Op.Reverse(List<Integer> inner)) {
            source = x.node().inputs().getFirst();
            for (int axis : inner) {
                if (!turned.remove(axis)) {
                    turned.add(axis);
                }
            }
        }
        turned.removeIf(axis -> x.shape().dim(axis) <= 1);
        List<Integer> left = List.copyOf(turned);
        return source == x && left.size() == dimensions.size() ? KEEP : List.of(Ops.reverse(source, left));
    }
}
