package dev.cajal.autodiff;

import static dev.cajal.ir.Ops.add;
import static dev.cajal.ir.Ops.compare;
import static dev.cajal.ir.Ops.divide;
import static dev.cajal.ir.Ops.fillLike;
import static dev.cajal.ir.Ops.multiply;
import static dev.cajal.ir.Ops.negate;
import static dev.cajal.ir.Ops.select;
import static dev.cajal.ir.Ops.subtract;
import static dev.cajal.ir.Ops.unary;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;

/// Gradients of functions of two elements. `g` is the cotangent of `y = f(a, b)`.
final class BinaryGradients {
    private BinaryGradients() {}

    static void binary(BinaryKind kind, Pullback node) {
        Value a = node.operand(0);
        Value b = node.operand(1);
        Value y = node.result();
        Value g = node.cotangent();
        switch (kind) {
            case ADD -> {
                node.give(0, () -> g);
                node.give(1, () -> g);
            }
            case SUBTRACT -> {
                node.give(0, () -> g);
                node.give(1, () -> negate(g));
            }
            case MULTIPLY -> {
                node.give(0, () -> multiply(g, b));
                node.give(1, () -> multiply(g, a));
            }
            case DIVIDE -> {
                node.give(0, () -> divide(g, b));
                node.give(1, () -> negate(multiply(divide(g, b), y)));
            }
            case REMAINDER -> {
                node.give(0, () -> g);
                node.give(1, () -> negate(multiply(g, wholeQuotient(a, b, y))));
            }
            case POWER -> {
                node.give(0, () -> multiply(g, powerByBase(a, b)));
                node.give(1, () -> multiply(g, powerByExponent(a, y)));
            }
            case MAXIMUM -> {
                node.give(0, () -> multiply(g, share(Comparison.GT, a, b)));
                node.give(1, () -> multiply(g, share(Comparison.GT, b, a)));
            }
            case MINIMUM -> {
                node.give(0, () -> multiply(g, share(Comparison.LT, a, b)));
                node.give(1, () -> multiply(g, share(Comparison.LT, b, a)));
            }
            case ATAN2 -> {
                node.give(0, () -> divide(multiply(g, b), sumOfSquares(a, b)));
                node.give(1, () -> negate(divide(multiply(g, a), sumOfSquares(a, b))));
            }
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> {}
        }
    }

    /// How often `b` fits into `a`. `a - y` is a multiple of `b`, up to rounding; `a / b` itself may round up to the next whole number.
    private static Value wholeQuotient(Value a, Value b, Value y) {
        return unary(UnaryKind.ROUND, divide(subtract(a, y), b));
    }

    /// `b * a^(b - 1)`; 0 where `b` is 0, also at `a = 0`, where the formula would give `0 * infinity`.
    private static Value powerByBase(Value a, Value b) {
        Value constant = compare(Comparison.EQ, b, fillLike(b, 0));
        Value exponent = select(constant, fillLike(b, 1), subtract(b, fillLike(b, 1)));
        return multiply(b, Ops.binary(BinaryKind.POWER, a, exponent));
    }

    /// `a^b * log(a)`; 0 where `a` is 0, instead of `0 * -infinity`.
    private static Value powerByExponent(Value a, Value y) {
        Value zero = compare(Comparison.EQ, a, fillLike(a, 0));
        Value log = unary(UnaryKind.LOG, select(zero, fillLike(a, 1), a));
        return select(zero, fillLike(a, 0), multiply(y, log));
    }

    /// 1 where `a` won, 1/2 where both are equal, else 0.
    private static Value share(Comparison wins, Value a, Value b) {
        Value half = select(compare(Comparison.EQ, a, b), fillLike(a, 0.5), fillLike(a, 0));
        return select(compare(wins, a, b), fillLike(a, 1), half);
    }

    private static Value sumOfSquares(Value a, Value b) {
        return add(multiply(a, a), multiply(b, b));
    }
}
