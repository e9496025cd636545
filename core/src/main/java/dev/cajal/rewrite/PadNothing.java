package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.List;

/// Padding by nothing is nothing.
final class PadNothing implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Pad pad)) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        boolean nothing = isZero(pad.low()) && isZero(pad.high()) && node.value().shape().equals(x.shape());
        return nothing ? List.of(x) : KEEP;
    }

    private static boolean isZero(List<Integer> amounts) {
        return amounts.stream().allMatch(amount -> amount == 0);
    }
}
