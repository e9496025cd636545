package dev.cajal.autodiff;

import static dev.cajal.ir.Ops.add;
import static dev.cajal.ir.Ops.divide;
import static dev.cajal.ir.Ops.fillLike;
import static dev.cajal.ir.Ops.multiply;
import static dev.cajal.ir.Ops.negate;
import static dev.cajal.ir.Ops.scale;
import static dev.cajal.ir.Ops.subtract;

import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;

/// Gradients of functions of one element, of selection and of conversion. `g` is the cotangent of `y = f(x)`.
final class ElementwiseGradients {
    private ElementwiseGradients() {}

    static void unary(UnaryKind kind, Pullback node) {
        Value x = node.operand(0);
        Value y = node.result();
        Value g = node.cotangent();
        switch (kind) {
            case NEGATE -> node.give(0, () -> negate(g));
            case ABS -> node.give(0, () -> multiply(g, Ops.unary(UnaryKind.SIGN, x)));
            case EXP -> node.give(0, () -> multiply(g, y));
            case EXPM1 -> node.give(0, () -> multiply(g, add(y, fillLike(y, 1))));
            case LOG -> node.give(0, () -> divide(g, x));
            case LOG1P -> node.give(0, () -> divide(g, add(x, fillLike(x, 1))));
            case SQRT -> node.give(0, () -> divide(scale(g, 0.5), y));
            case RSQRT -> node.give(0, () -> multiply(g, divide(scale(y, -0.5), x)));
            // Through y, since x^(-2/3) would be one more power: 1 / (3 * y^2).
            case CBRT -> node.give(0, () -> divide(g, scale(multiply(y, y), 3)));
            case SIN -> node.give(0, () -> multiply(g, Ops.unary(UnaryKind.COS, x)));
            case COS -> node.give(0, () -> negate(multiply(g, Ops.unary(UnaryKind.SIN, x))));
            case TAN -> node.give(0, () -> multiply(g, add(multiply(y, y), fillLike(y, 1))));
            // (1 + y) * (1 - y) loses no digits near y = 1, as 1 - y^2 does.
            case TANH -> node.give(0, () -> multiply(add(g, multiply(g, y)), oneMinus(y)));
            case LOGISTIC -> node.give(0, () -> multiply(multiply(g, y), oneMinus(y)));
            // Flat wherever they have a derivative, or not of numbers.
            case SIGN, FLOOR, CEIL, ROUND, NOT, IS_FINITE -> {}
        }
    }

    private static Value oneMinus(Value y) {
        return subtract(fillLike(y, 1), y);
    }

    static void select(Pullback node) {
        Value condition = node.operand(0);
        Value g = node.cotangent();
        node.give(1, () -> Ops.select(condition, g, Ops.zeros(g.type())));
        node.give(2, () -> Ops.select(condition, Ops.zeros(g.type()), g));
    }

    static void convert(Pullback node) {
        node.give(0, () -> Ops.convert(node.cotangent(), node.operand(0).dtype()));
    }

    static void bitcast(Pullback node) {
        // Between different types the bits of a number are no smooth function of it; its own bits are the number.
        if (node.operand(0).dtype() == node.result().dtype()) {
            node.give(0, node::cotangent);
        }
    }
}
