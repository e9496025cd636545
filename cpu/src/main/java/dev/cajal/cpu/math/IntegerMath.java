package dev.cajal.cpu.math;

/// Integer arithmetic where Java traps or wraps and the graph language (StableHLO) does not.
///
/// Conversions from floating point need no function: Java's casts saturate and turn NaN into 0, as they should.
public final class IntegerMath {
    private IntegerMath() {}

    /// `a / b` towards zero; -1 where `b` is zero; `a` where the quotient overflows.
    public static int divide(int a, int b) {
        return b == 0 ? -1 : a / b;
    }

    /// `a / b` towards zero; -1 where `b` is zero; `a` where the quotient overflows.
    public static long divide(long a, long b) {
        return b == 0 ? -1 : a / b;
    }

    /// What [#divide(int, int)] leaves; `a` where `b` is zero.
    public static int remainder(int a, int b) {
        return b == 0 ? a : a % b;
    }

    /// What [#divide(long, long)] leaves; `a` where `b` is zero.
    public static long remainder(long a, long b) {
        return b == 0 ? a : a % b;
    }

    /// `a` shifted left by `b` bits; 0 where `b` is outside [0, 32).
    public static int shiftLeft(int a, int b) {
        return (b & -32) == 0 ? a << b : 0;
    }

    /// `a` shifted left by `b` bits; 0 where `b` is outside [0, 64).
    public static long shiftLeft(long a, long b) {
        return (b & -64) == 0 ? a << b : 0;
    }

    /// `a` shifted right by `b` bits, copies of the sign coming in; all sign where `b` is outside [0, 32).
    public static int shiftRightArithmetic(int a, int b) {
        return a >> ((b & -32) == 0 ? b : 31);
    }

    /// `a` shifted right by `b` bits, copies of the sign coming in; all sign where `b` is outside [0, 64).
    public static long shiftRightArithmetic(long a, long b) {
        return a >> ((b & -64) == 0 ? b : 63);
    }

    /// `a` shifted right by `b` bits, zeros coming in; 0 where `b` is outside [0, 32).
    public static int shiftRightLogical(int a, int b) {
        return (b & -32) == 0 ? a >>> b : 0;
    }

    /// `a` shifted right by `b` bits, zeros coming in; 0 where `b` is outside [0, 64).
    public static long shiftRightLogical(long a, long b) {
        return (b & -64) == 0 ? a >>> b : 0;
    }

    /// The whole number in [0, 255] nearest to `x` towards zero; 0 for NaN.
    public static int toUnsignedByte(double x) {
        return Math.clamp((int) x, 0, 255);
    }
}
