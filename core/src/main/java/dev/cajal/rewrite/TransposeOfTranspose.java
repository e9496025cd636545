package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.List;

/// Transposition: of nothing nothing; twice in a row, once; where only dimensions of length 1 change places, a reshape.
final class TransposeOfTranspose implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Transpose(List<Integer> permutation))) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        if (x.node().op() instanceof Op.Transpose(List<Integer> inner)) {
            List<Integer> both = permutation.stream().map(inner::get).toList();
            return List.of(Ops.transpose(x.node().inputs().getFirst(), both));
        }
        List<Integer> moved = permutation.stream().filter(axis -> x.shape().dim(axis) != 1).toList();
        return moved.equals(moved.stream().sorted().toList())
                ? List.of(Ops.reshape(x, node.value().shape()))
                : KEEP;
    }
}
