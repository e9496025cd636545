package dev.cajal.rewrite;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.List;

/// Equal operands: `max(x, x)`, `min(x, x)`, `x & x`, `x | x` are `x`; of integers `x - x` and `x ^ x` are 0, and comparisons are known. Not `x - x` of
/// floating-point numbers, nor `x == x`: NaN.
final class SameOperands implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (node.inputs().size() != 2 || !node.inputs().get(0).equals(node.inputs().get(1))) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        boolean ordered = !x.dtype().isFloating();
        return switch (node.op()) {
            case Op.Binary(BinaryKind kind) -> switch (kind) {
                case MAXIMUM, MINIMUM, AND, OR -> List.of(x);
                case XOR -> List.of(Ops.zeros(x.type()));
                case SUBTRACT -> ordered ? List.of(Ops.zeros(x.type())) : KEEP;
                case ADD, MULTIPLY, DIVIDE, REMAINDER, POWER, ATAN2 -> KEEP;
                case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> KEEP;
            };
            case Op.Compare(Comparison comparison, Comparison.Order order) when ordered
                    || order == Comparison.Order.TOTAL_ORDER ->
                List.of(Constants.truth(x.type(), switch (comparison) {
                    case EQ, LE, GE -> true;
                    case NE, LT, GT -> false;
                }));
            case Op _ -> KEEP;
        };
    }
}
