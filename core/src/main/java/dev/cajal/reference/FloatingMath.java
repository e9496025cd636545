package dev.cajal.reference;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.UnaryKind;
import dev.cajal.type.DType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Element-wise functions of floating-point numbers, computed in double precision; whoever calls rounds to the element type.
///
/// Rounding a double that is itself rounded is exact in f32 and bf16 for `+ - * /` and square roots (a double has more than twice
/// their digits). Transcendental functions are [StrictMath]'s, within an ulp of a double.
final class FloatingMath {
    private FloatingMath() {}

    static DoubleUnaryOperator unary(UnaryKind kind, DType dtype) {
        return switch (kind) {
            case NEGATE -> x -> -x;
            case ABS -> Math::abs;
            case SIGN -> Math::signum;
            case FLOOR -> Math::floor;
            case CEIL -> Math::ceil;
            case ROUND -> Math::rint;
            case EXP -> StrictMath::exp;
            case EXPM1 -> StrictMath::expm1;
            case LOG -> StrictMath::log;
            case LOG1P -> StrictMath::log1p;
            case SQRT -> Math::sqrt;
            case RSQRT -> x -> 1 / Rounding.round(dtype, Math.sqrt(x));
            case CBRT -> StrictMath::cbrt;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TAN -> StrictMath::tan;
            case TANH -> StrictMath::tanh;
            case LOGISTIC -> FloatingMath::logistic;
            case NOT, IS_FINITE -> throw new AssertionError(kind);
        };
    }

    static DoubleBinaryOperator binary(BinaryKind kind) {
        return switch (kind) {
            case ADD -> Double::sum;
            case SUBTRACT -> (a, b) -> a - b;
            case MULTIPLY -> (a, b) -> a * b;
            case DIVIDE -> (a, b) -> a / b;
            case REMAINDER -> (a, b) -> a % b;
            case POWER -> StrictMath::pow;
            case MAXIMUM -> Math::max;
            case MINIMUM -> Math::min;
            case ATAN2 -> StrictMath::atan2;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL ->
                throw new AssertionError(kind);
        };
    }

    /// With the power of a negative number only, which cannot overflow.
    private static double logistic(double x) {
        double power = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? power : 1) / (1 + power);
    }
}
