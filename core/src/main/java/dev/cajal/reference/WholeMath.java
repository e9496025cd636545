package dev.cajal.reference;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.UnaryKind;
import dev.cajal.type.DType;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/// Element-wise functions of whole numbers and truth values, computed in 64 bits; whoever calls wraps to the element type.
final class WholeMath {
    private WholeMath() {}

    static LongUnaryOperator unary(UnaryKind kind, DType dtype) {
        return switch (kind) {
            case NEGATE -> x -> -x;
            case ABS -> Math::abs;
            case SIGN -> Long::signum;
            case NOT -> dtype == DType.BOOL ? x -> 1 - x : x -> ~x;
            case FLOOR, CEIL, ROUND, EXP, EXPM1, LOG, LOG1P, SQRT, RSQRT, CBRT, SIN, COS, TAN, TANH, LOGISTIC,
                    IS_FINITE ->
                throw new AssertionError(kind);
        };
    }

    static LongBinaryOperator binary(BinaryKind kind, DType dtype) {
        int width = dtype.byteSize() * Byte.SIZE;
        return switch (kind) {
            case ADD -> Long::sum;
            case SUBTRACT -> (a, b) -> a - b;
            case MULTIPLY -> (a, b) -> a * b;
            case DIVIDE -> (a, b) -> b == 0 ? -1 : a / b;
            case REMAINDER -> (a, b) -> b == 0 ? a : a % b;
            case POWER -> WholeMath::power;
            case MAXIMUM -> Math::max;
            case MINIMUM -> Math::min;
            case AND -> (a, b) -> a & b;
            case OR -> (a, b) -> a | b;
            case XOR -> (a, b) -> a ^ b;
            case SHIFT_LEFT -> (a, b) -> b < 0 || b >= width ? 0 : a << b;
            case SHIFT_RIGHT_ARITHMETIC -> (a, b) -> signed(a, width) >> (b < 0 || b >= width ? width - 1 : b);
            case SHIFT_RIGHT_LOGICAL -> (a, b) -> b < 0 || b >= width ? 0 : unsigned(a, width) >>> b;
            case ATAN2 -> throw new AssertionError(kind);
        };
    }

    private static long signed(long a, int width) {
        return a << (Long.SIZE - width) >> (Long.SIZE - width);
    }

    private static long unsigned(long a, int width) {
        return a << (Long.SIZE - width) >>> (Long.SIZE - width);
    }

    private static long power(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 || base == -1 ? power(base, -(exponent % 2)) : 0;
        }
        long power = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }
}
