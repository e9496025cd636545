package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.List;

/// Sorting along a dimension of at most one element changes nothing.
final class SortNothing implements Rule {
    @Override
    public List<Value> apply(Node node) {
        return node.op() instanceof Op.Sort sort && node.types().getFirst().shape().dim(sort.dimension()) <= 1
                ? node.inputs()
                : KEEP;
    }
}
