package dev.cajal.rewrite;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.List;

/// Absorbing operands of integers and truth values: `x * 0` and `x & 0` are 0, `x | -1` is -1. Not of floating-point numbers, where NaN and infinity
/// survive; but `x ^ 0` is 1 there too, for every `x`.
final class AbsorbingOperand implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Binary(BinaryKind kind))) {
            return KEEP;
        }
        Value a = node.inputs().get(0);
        Value b = node.inputs().get(1);
        if (kind == BinaryKind.POWER && (Constants.isFill(b, 0) || Constants.isFill(b, -0.0))) {
            return List.of(Ops.fillLike(a, 1));
        }
        if (a.dtype().isFloating()) {
            return KEEP;
        }
        if (absorbs(kind, b)) {
            return List.of(b);
        }
        return absorbs(kind, a) ? List.of(a) : KEEP;
    }

    private static boolean absorbs(BinaryKind kind, Value operand) {
        return switch (kind) {
            case MULTIPLY, AND -> Constants.isFill(operand, 0);
            case OR ->
                Constants.isFill(operand, operand.dtype() == DType.U8 ? 255 : operand.dtype() == DType.BOOL ? 1 : -1);
            case ADD, SUBTRACT, DIVIDE, REMAINDER, POWER, MAXIMUM, MINIMUM, ATAN2, XOR -> false;
            case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> false;
        };
    }
}
