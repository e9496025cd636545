package dev.cajal.cpu.math;

/// Elementary functions in double precision, by way of [StrictMath], whose results are the same everywhere.
///
/// Double precision is for checking gradients and for reference results; it has no vector form.
public final class DoubleMath {
    private DoubleMath() {}

    /// `e^x`.
    public static double exp(double x) {
        return StrictMath.exp(x);
    }

    /// `e^x - 1`.
    public static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    /// Natural logarithm.
    public static double log(double x) {
        return StrictMath.log(x);
    }

    /// `log(1 + x)`.
    public static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    /// Hyperbolic tangent.
    public static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    /// `1 / (1 + e^-x)`, the sigmoid.
    public static double logistic(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// `1 / sqrt(x)`, two correctly rounded steps.
    public static double rsqrt(double x) {
        return 1 / Math.sqrt(x);
    }

    /// Cube root.
    public static double cbrt(double x) {
        return StrictMath.cbrt(x);
    }

    /// Sine of an angle in radians.
    public static double sin(double x) {
        return StrictMath.sin(x);
    }

    /// Cosine of an angle in radians.
    public static double cos(double x) {
        return StrictMath.cos(x);
    }

    /// Tangent of an angle in radians.
    public static double tan(double x) {
        return StrictMath.tan(x);
    }

    /// The angle of the point (`x`, `y`).
    public static double atan2(double y, double x) {
        return StrictMath.atan2(y, x);
    }

    /// `x^y`.
    public static double pow(double x, double y) {
        return StrictMath.pow(x, y);
    }

    /// What division towards zero leaves, with the sign of `x`.
    public static double remainder(double x, double y) {
        return x % y;
    }

    /// The largest whole number not above `x`.
    public static double floor(double x) {
        return Math.floor(x);
    }

    /// The smallest whole number not below `x`.
    public static double ceil(double x) {
        return Math.ceil(x);
    }

    /// The nearest whole number, ties to even.
    public static double round(double x) {
        return Math.rint(x);
    }

    /// -1, 0 or 1; keeps the sign of zero.
    public static double sign(double x) {
        return x > 0 ? 1 : x < 0 ? -1 : x;
    }
}
