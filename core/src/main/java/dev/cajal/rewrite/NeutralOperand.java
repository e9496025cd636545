package dev.cajal.rewrite;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.List;

/// Neutral operands: `x * 1`, `x / 1`, `x - 0`, `x + -0`, `x ^ 1` are `x`; of integers `x + 0` too. Not `x + 0` of floating-point numbers: it turns
/// -0 into +0.
final class NeutralOperand implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Binary(BinaryKind kind))) {
            return KEEP;
        }
        Value a = node.inputs().get(0);
        Value b = node.inputs().get(1);
        if (isNeutral(kind, b)) {
            return List.of(a);
        }
        return kind.isCommutative() && isNeutral(kind, a) ? List.of(b) : KEEP;
    }

    private static boolean isNeutral(BinaryKind kind, Value b) {
        boolean floating = b.dtype().isFloating();
        return switch (kind) {
            case ADD -> Constants.isFill(b, floating ? -0.0 : 0);
            case SUBTRACT -> Constants.isFill(b, 0);
            case MULTIPLY, DIVIDE, POWER -> Constants.isFill(b, 1);
            case OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> Constants.isFill(b, 0);
            case SHIFT_RIGHT_ARITHMETIC -> !b.dtype().isUnsigned() && Constants.isFill(b, 0);
            case AND -> Constants.isFill(b, b.dtype() == DType.U8 ? 255 : b.dtype() == DType.BOOL ? 1 : -1);
            case MAXIMUM -> floating && Constants.isFill(b, Double.NEGATIVE_INFINITY);
            case MINIMUM -> floating && Constants.isFill(b, Double.POSITIVE_INFINITY);
            case REMAINDER, ATAN2 -> false;
        };
    }
}
