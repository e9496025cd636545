package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.List;

/// Selection: with a known condition one branch; of two equal branches either; `!c ? a : b` is `c ? b : a`; `c ? true : false` is `c`.
final class KnownSelect implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Select)) {
            return KEEP;
        }
        Value condition = node.inputs().get(0);
        Value a = node.inputs().get(1);
        Value b = node.inputs().get(2);
        if (a.equals(b) || Constants.isFill(condition, 1)) {
            return List.of(a);
        }
        if (Constants.isFill(condition, 0)) {
            return List.of(b);
        }
        if (condition.node().op() instanceof Op.Unary(UnaryKind kind) && kind == UnaryKind.NOT) {
            return List.of(Ops.select(condition.node().inputs().getFirst(), b, a));
        }
        if (a.dtype() != DType.BOOL) {
            return KEEP;
        }
        if (Constants.isFill(a, 1) && Constants.isFill(b, 0)) {
            return List.of(condition);
        }
        return Constants.isFill(a, 0) && Constants.isFill(b, 1)
                ? List.of(Ops.unary(UnaryKind.NOT, condition))
                : KEEP;
    }
}
