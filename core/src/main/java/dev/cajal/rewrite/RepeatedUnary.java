package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import java.util.List;

/// Functions that undo or repeat themselves: `--x` and `not not x` are `x`; `| |x| |` and `|-x|` are `|x|`; rounding what is whole changes nothing.
final class RepeatedUnary implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Unary(UnaryKind outer))
                || !(node.inputs().getFirst().node().op() instanceof Op.Unary(UnaryKind inner))) {
            return KEEP;
        }
        Value middle = node.inputs().getFirst();
        Value x = middle.node().inputs().getFirst();
        return switch (outer) {
            case NEGATE, NOT -> inner == outer ? List.of(x) : KEEP;
            case ABS -> abs(inner, middle, x);
            case FLOOR, CEIL, ROUND -> isWhole(inner) ? List.of(middle) : KEEP;
            case SIGN -> inner == UnaryKind.SIGN ? List.of(middle) : KEEP;
            case EXP, EXPM1, LOG, LOG1P, SQRT, RSQRT, CBRT, SIN, COS, TAN, TANH, LOGISTIC, IS_FINITE -> KEEP;
        };
    }

    private static List<Value> abs(UnaryKind inner, Value middle, Value x) {
        if (inner == UnaryKind.ABS) {
            return List.of(middle);
        }
        // An unsigned number has no sign to lose: its negation is another number.
        return inner == UnaryKind.NEGATE && !x.dtype().isUnsigned() ? List.of(Ops.unary(UnaryKind.ABS, x)) : KEEP;
    }

    private static boolean isWhole(UnaryKind kind) {
        return kind == UnaryKind.FLOOR || kind == UnaryKind.CEIL || kind == UnaryKind.ROUND || kind == UnaryKind.SIGN;
    }
}
