package dev.cajal.reference;

import dev.cajal.ir.Literal;
import dev.cajal.reference.Elements.Floating;
import dev.cajal.reference.Elements.Whole;
import dev.cajal.type.DType;

/// Turns exact or wider numbers into numbers that an element type can represent.
final class Rounding {
    private Rounding() {}

    /// The nearest number of a floating-point type, ties to even.
    static double round(DType dtype, double number) {
        return switch (dtype) {
            case F32 -> (float) number;
            case F64 -> number;
            case BF16 -> Literal.decode(dtype, Literal.encode(dtype, number));
            case I32, I64, U8, BOOL -> throw new AssertionError(dtype);
        };
    }

    /// Sums and the like, kept exactly or wider, brought to their element type.
    static Elements round(Elements wide) {
        DType dtype = wide.type().dtype();
        for (int i = 0; i < wide.size(); i++) {
            switch (wide) {
                case Floating(_, double[] numbers) -> numbers[i] = round(dtype, numbers[i]);
                case Whole(_, long[] numbers) -> numbers[i] = wrap(dtype, numbers[i]);
            }
        }
        return wide;
    }

    /// The low bits of a whole number; of a truth value whether it is not 0.
    static long wrap(DType dtype, long number) {
        return Literal.encode(dtype, number);
    }

    /// Truncated towards zero, saturated, NaN to 0; for truth values `!= 0`.
    static long truncate(DType dtype, double number) {
        return switch (dtype) {
            case I32 -> (int) number;
            case I64 -> (long) number;
            case U8 -> Math.clamp((long) number, 0, 255);
            case BOOL -> number != 0 ? 1 : 0;
            case F32, F64, BF16 -> throw new AssertionError(dtype);
        };
    }
}
