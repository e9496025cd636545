package dev.cajal.rewrite;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Literal;
import dev.cajal.ir.UnaryKind;
import dev.cajal.type.DType;
import java.util.OptionalLong;

/// Functions of single elements, given and returned as bits, where every backend gives the same bits: what IEEE 754 rounds correctly, and
/// integers. Nothing for transcendental functions, and nothing where the result is NaN, whose bits nobody promises.
///
/// Floating-point arithmetic is done in double precision and rounded once, which is exact for `+ - * / %` and square roots.
final class ScalarMath {
    private ScalarMath() {}

    static OptionalLong unary(UnaryKind kind, DType dtype, long bits) {
        double x = Literal.decode(dtype, bits);
        boolean floating = dtype.isFloating();
        return switch (kind) {
            case NEGATE -> floating ? rounded(dtype, -x) : whole(dtype, -bits);
            case ABS -> floating ? rounded(dtype, Math.abs(x)) : whole(dtype, Math.abs(bits));
            case SIGN -> floating ? rounded(dtype, Math.signum(x)) : whole(dtype, Long.signum(bits));
            case FLOOR -> rounded(dtype, Math.floor(x));
            case CEIL -> rounded(dtype, Math.ceil(x));
            case ROUND -> rounded(dtype, Math.rint(x));
            case SQRT -> rounded(dtype, Math.sqrt(x));
            case NOT -> whole(dtype, dtype == DType.BOOL ? 1 - bits : ~bits);
            case IS_FINITE -> OptionalLong.of(Double.isFinite(x) ? 1 : 0);
            case EXP, EXPM1, LOG, LOG1P, RSQRT, CBRT, SIN, COS, TAN, TANH, LOGISTIC -> OptionalLong.empty();
        };
    }

    static OptionalLong binary(BinaryKind kind, DType dtype, long a, long b) {
        return dtype.isFloating()
                ? floating(kind, dtype, Literal.decode(dtype, a), Literal.decode(dtype, b))
                : whole(kind, dtype, a, b);
    }

    private static OptionalLong floating(BinaryKind kind, DType dtype, double a, double b) {
        return switch (kind) {
            case ADD -> rounded(dtype, a + b);
            case SUBTRACT -> rounded(dtype, a - b);
            case MULTIPLY -> rounded(dtype, a * b);
            case DIVIDE -> rounded(dtype, a / b);
            case REMAINDER -> rounded(dtype, a % b);
            case MAXIMUM -> rounded(dtype, Math.max(a, b));
            case MINIMUM -> rounded(dtype, Math.min(a, b));
            case POWER, ATAN2, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL ->
                OptionalLong.empty();
        };
    }

    private static OptionalLong whole(BinaryKind kind, DType dtype, long a, long b) {
        int width = dtype.byteSize() * Byte.SIZE;
        boolean inside = 0 <= b && b < width;
        return switch (kind) {
            case ADD -> whole(dtype, a + b);
            case SUBTRACT -> whole(dtype, a - b);
            case MULTIPLY -> whole(dtype, a * b);
            case DIVIDE -> whole(dtype, b == 0 ? -1 : a / b);
            case REMAINDER -> whole(dtype, b == 0 ? a : a % b);
            case MAXIMUM -> whole(dtype, Math.max(a, b));
            case MINIMUM -> whole(dtype, Math.min(a, b));
            case AND -> whole(dtype, a & b);
            case OR -> whole(dtype, a | b);
            case XOR -> whole(dtype, a ^ b);
            case SHIFT_LEFT -> whole(dtype, inside ? a << b : 0);
            case SHIFT_RIGHT_ARITHMETIC -> whole(dtype, signed(a, width) >> (inside ? b : width - 1));
            case SHIFT_RIGHT_LOGICAL -> whole(dtype, inside ? unsigned(a, width) >>> b : 0);
            case POWER, ATAN2 -> OptionalLong.empty();
        };
    }

    static boolean compare(Comparison comparison, Comparison.Order order, DType dtype, long a, long b) {
        return switch (order) {
            case FLOAT -> {
                double x = Literal.decode(dtype, a);
                double y = Literal.decode(dtype, b);
                yield switch (comparison) {
                    case EQ -> x == y;
                    case NE -> x != y;
                    case LT -> x < y;
                    case LE -> x <= y;
                    case GT -> x > y;
                    case GE -> x >= y;
                };
            }
            // Double.compare is the total order of all numbers with one NaN.
            case TOTAL_ORDER -> holds(comparison, Double.compare(Literal.decode(dtype, a), Literal.decode(dtype, b)));
            case SIGNED, UNSIGNED -> holds(comparison, Long.compare(a, b));
        };
    }

    private static boolean holds(Comparison comparison, int sign) {
        return switch (comparison) {
            case EQ -> sign == 0;
            case NE -> sign != 0;
            case LT -> sign < 0;
            case LE -> sign <= 0;
            case GT -> sign > 0;
            case GE -> sign >= 0;
        };
    }

    static OptionalLong convert(DType from, DType to, long bits) {
        if (to.isFloating()) {
            return from.isFloating()
                    ? rounded(to, Literal.decode(from, bits))
                    : OptionalLong.of(Literal.encode(to, bits));
        }
        if (!from.isFloating()) {
            return whole(to, bits);
        }
        double x = Literal.decode(from, bits);
        return OptionalLong.of(switch (to) {
            case I32 -> (int) x;
            case I64 -> (long) x;
            case U8 -> Math.clamp((long) x, 0, 255);
            case BOOL -> x != 0 ? 1 : 0;
            case F32, F64, BF16 -> throw new AssertionError(to);
        });
    }

    private static OptionalLong rounded(DType dtype, double result) {
        return Double.isNaN(result) ? OptionalLong.empty() : OptionalLong.of(Literal.encode(dtype, result));
    }

    private static OptionalLong whole(DType dtype, long result) {
        return OptionalLong.of(Literal.encode(dtype, result));
    }

    private static long signed(long a, int width) {
        return a << (Long.SIZE - width) >> (Long.SIZE - width);
    }

    private static long unsigned(long a, int width) {
        return a << (Long.SIZE - width) >>> (Long.SIZE - width);
    }
}
