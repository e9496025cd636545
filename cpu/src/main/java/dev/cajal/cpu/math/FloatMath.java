package dev.cajal.cpu.math;

import static dev.cajal.cpu.math.Coefficients.*;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.fma;

/// Elementary functions of single-precision scalars: the definition that [VectorMath] repeats operation by operation.
///
/// All of them take every float. NaN in gives NaN out, signed zeros and infinities follow [Math], overflow gives an infinity and
/// underflow a denormal. The greatest errors that a sweep over all floats found are stated at each, in units of the last place
/// of the correctly rounded result. Additions, square roots, minima and the like are Java's own and not repeated here.
public final class FloatMath {
    private FloatMath() {}

    /// `e^x`, within 0.92 units of the last place.
    ///
    /// With n = round(x / ln 2) and r = x - n ln 2, it is 2^n e^r; the power of two is multiplied in by halves, so that
    /// denormal results are rounded once.
    public static float exp(float x) {
        float y = x > EXP_MAX ? EXP_MAX : x;
        y = y < EXP_MIN ? EXP_MIN : y;
        float t = fma(y, LOG2_E, ROUNDER);
        float n = t - ROUNDER;
        float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, y));
        float e = fma(fma(expTail(r), r, 1f), r, 1f);
        int bits = floatToRawIntBits(t);
        int half = bits >>> 1;
        float scale1 = intBitsToFloat((half << 23) + ONE_BITS);
        float scale2 = intBitsToFloat(((bits - half) << 23) + ONE_BITS);
        return e * scale1 * scale2;
    }

    /// (e^r - 1 - r) / r^2 for |r| up to ln 2 / 2.
    private static float expTail(float r) {
        return fma(fma(fma(fma(EXP_4, r, EXP_3), r, EXP_2), r, EXP_1), r, EXP_0);
    }

    /// `e^x - 1`, within 1.6 units of the last place, also near zero.
    public static float expm1(float x) {
        float y = x > EXP_MAX ? EXP_MAX : x;
        y = y < EXPM1_MIN ? EXPM1_MIN : y;
        float t = fma(y, LOG2_E, ROUNDER);
        float n = t - ROUNDER;
        float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, y));
        float p = fma(r * r, expTail(r), r);
        // 2^(n-1), as 2^n itself may overflow where the result does not.
        float s = intBitsToFloat(((floatToRawIntBits(t) - 1) << 23) + ONE_BITS);
        float scaled = 2f * fma(s, p, s - 0.5f);
        return withSignOf(x, n == 0f ? p : scaled);
    }

    /// `tanh(x)`, within 1.9 units of the last place, as (1 - e) / (1 + e) with e = e^(-2|x|), both sums formed from e^r - 1 so that nothing cancels.
    public static float tanh(float x) {
        float y = -2f * Math.abs(x);
        y = y < TANH_MIN ? TANH_MIN : y;
        float t = fma(y, LOG2_E, ROUNDER);
        float n = t - ROUNDER;
        float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, y));
        float p = fma(r * r, expTail(r), r);
        float s = intBitsToFloat((floatToRawIntBits(t) << 23) + ONE_BITS);
        return withSignOf(x, fma(-s, p, 1f - s) / fma(s, p, 1f + s));
    }

    /// `1 / (1 + e^-x)`, the sigmoid, within 2.5 units of the last place.
    public static float logistic(float x) {
        float e = exp(-Math.abs(x));
        return (x >= 0f ? 1f : e) / (1f + e);
    }

    /// Natural logarithm, within 0.9 units of the last place; NaN below zero.
    public static float log(float x) {
        boolean denormal = x < SMALLEST_NORMAL;
        int bits = floatToRawIntBits(denormal ? x * 0x1p23f : x);
        int exponent = (bits - TWO_THIRDS_BITS) >> 23;
        float k = (float) exponent + (denormal ? -23f : 0f);
        float result = log(k, intBitsToFloat(bits - (exponent << 23)) - 1f);
        result = x < Float.POSITIVE_INFINITY ? result : x;
        result = x == 0f ? Float.NEGATIVE_INFINITY : result;
        return x < 0f ? Float.NaN : result;
    }

    /// `log(1 + x)`, within 1.5 units of the last place, also near zero; NaN below -1.
    public static float log1p(float x) {
        int bits = floatToRawIntBits(1f + x);
        int exponent = (bits - TWO_THIRDS_BITS) >> 23;
        float large = intBitsToFloat(bits - (exponent << 23)) - 1f;
        // (1 + x) 2^-k - 1 with a single rounding.
        float s = intBitsToFloat(ONE_BITS - (exponent << 23));
        float f = exponent >= LOG1P_LARGE ? large : fma(x, s, s - 1f);
        float result = withSignOf(x, log((float) exponent, f));
        result = x < Float.POSITIVE_INFINITY ? result : x;
        result = x == -1f ? Float.NEGATIVE_INFINITY : result;
        return x < -1f ? Float.NaN : result;
    }

    /// log(2^k (1 + f)) for 1 + f in [2/3, 4/3).
    private static float log(float k, float f) {
        float p = fma(fma(fma(fma(LOG_8, f, LOG_7), f, LOG_6), f, LOG_5), f, LOG_4);
        p = fma(fma(fma(fma(p, f, LOG_3), f, LOG_2), f, LOG_1), f, LOG_0);
        float l = fma(f * f, fma(f, p, -0.5f), f);
        return fma(k, LN2_HIGH, fma(k, LN2_LOW, l));
    }

    /// `1 / sqrt(x)`, two correctly rounded steps.
    public static float rsqrt(float x) {
        return 1f / (float) Math.sqrt(x);
    }

    /// Cube root, within 0.74 units of the last place: a quadratic guess on [1, 8), one step of Halley, one of Newton.
    public static float cbrt(float x) {
        float a = Math.abs(x);
        boolean denormal = a < SMALLEST_NORMAL;
        int bits = floatToRawIntBits(denormal ? a * 0x1p24f : a);
        // The exponent plus 192, a multiple of 3, keeps the division by 3 (a multiplication) among positive numbers.
        int exponent = (bits >>> 23) + 65;
        int third = exponent * 0x5556 >>> 16;
        float m = intBitsToFloat((bits & MANTISSA_BITS) + ((exponent - 3 * third) << 23) + ONE_BITS);
        float y = fma(fma(CBRT_2, m, CBRT_1), m, CBRT_0);
        float cube = y * y * y;
        y = y * (fma(2f, m, cube) / fma(2f, cube, m));
        float square = y * y;
        y = y - fma(square, y, -m) / (3f * square);
        float result = y * intBitsToFloat(((third - 64) << 23) + ONE_BITS) * (denormal ? 0x1p-8f : 1f);
        result = a > 0f && a < Float.POSITIVE_INFINITY ? result : a;
        return withSignOf(x, result);
    }

    /// Sine of an angle in radians, within 1.5 units of the last place.
    public static float sin(float x) {
        if (Math.abs(x) > ANGLE_MAX) {
            long reduced = AngleReduction.reduce(x);
            return sinOfQuadrant(AngleReduction.angle(reduced), AngleReduction.quadrant(reduced));
        }
        float t = fma(x, TWO_OVER_PI, ROUNDER);
        return sinOfQuadrant(withoutQuarters(x, t - ROUNDER), floatToRawIntBits(t));
    }

    /// Cosine of an angle in radians, within 1.5 units of the last place.
    public static float cos(float x) {
        if (Math.abs(x) > ANGLE_MAX) {
            long reduced = AngleReduction.reduce(x);
            return sinOfQuadrant(AngleReduction.angle(reduced), AngleReduction.quadrant(reduced) + 1);
        }
        float t = fma(x, TWO_OVER_PI, ROUNDER);
        return sinOfQuadrant(withoutQuarters(x, t - ROUNDER), floatToRawIntBits(t) + 1);
    }

    /// Tangent of an angle in radians, within 3.1 units of the last place.
    public static float tan(float x) {
        if (Math.abs(x) > ANGLE_MAX) {
            long reduced = AngleReduction.reduce(x);
            return tanOfQuadrant(AngleReduction.angle(reduced), AngleReduction.quadrant(reduced));
        }
        float t = fma(x, TWO_OVER_PI, ROUNDER);
        return tanOfQuadrant(withoutQuarters(x, t - ROUNDER), floatToRawIntBits(t));
    }

    /// x - n pi/2.
    private static float withoutQuarters(float x, float n) {
        return fma(n, -HALF_PI_3, fma(n, -HALF_PI_2, fma(n, -HALF_PI_1, x)));
    }

    /// sin(r + quadrant pi/2) for |r| up to pi/4; the two lowest bits of the quadrant count.
    private static float sinOfQuadrant(float r, int quadrant) {
        float s = r * r;
        float value = (quadrant & 1) != 0 ? cosine(s) : sine(r, s);
        return intBitsToFloat(floatToRawIntBits(value) ^ ((quadrant << 30) & SIGN_BIT));
    }

    /// tan(r + quadrant pi/2) for |r| up to pi/4.
    private static float tanOfQuadrant(float r, int quadrant) {
        float s = r * r;
        float sine = sine(r, s);
        float cosine = cosine(s);
        return (quadrant & 1) != 0 ? -cosine / sine : sine / cosine;
    }

    private static float sine(float r, float s) {
        // r s + 0 makes a negative zero positive, so that the last sum keeps the sign of r.
        return fma(fma(fma(fma(SIN_3, s, SIN_2), s, SIN_1), s, SIN_0), fma(r, s, 0f), r);
    }

    private static float cosine(float s) {
        return fma(fma(fma(fma(COS_3, s, COS_2), s, COS_1), s, COS_0), s, 1f);
    }

    /// The angle of the point (`x`, `y`), in [-pi, pi], within 1.5 units of the last place; zeros and infinities as [Math#atan2].
    public static float atan2(float y, float x) {
        float ax = Math.abs(x);
        float ay = Math.abs(y);
        boolean steep = ay > ax;
        float larger = steep ? ay : ax;
        float smaller = steep ? ax : ay;
        float a = smaller == larger ? 1f : smaller / larger;
        a = larger == 0f ? smaller : a;
        float s = a * a;
        float p = fma(fma(fma(fma(ATAN_9, s, ATAN_8), s, ATAN_7), s, ATAN_6), s, ATAN_5);
        p = fma(fma(fma(fma(fma(p, s, ATAN_4), s, ATAN_3), s, ATAN_2), s, ATAN_1), s, ATAN_0);
        float angle = fma(p, s * a, a);
        boolean left = floatToRawIntBits(x) < 0;
        float quarters = left ? (steep ? 1f : 2f) : (steep ? 1f : 0f);
        float turned = steep != left ? -angle : angle;
        float result = fma(quarters, HALF_PI_HIGH, fma(quarters, HALF_PI_LOW, turned));
        return withSignOf(y, result);
    }

    /// `x^y`, within 0.501 units of the last place (it is done in `double`); the special cases are those of [Math#pow].
    public static float pow(float x, float y) {
        return FloatPower.pow(x, y);
    }

    /// What division towards zero leaves, with the sign of `x` (C's `fmod`). Exact.
    public static float remainder(float x, float y) {
        return x % y;
    }

    /// The largest whole number not above `x`.
    public static float floor(float x) {
        return (float) Math.floor(x);
    }

    /// The smallest whole number not below `x`.
    public static float ceil(float x) {
        return (float) Math.ceil(x);
    }

    /// The nearest whole number, ties to even.
    public static float round(float x) {
        return (float) Math.rint(x);
    }

    /// -1, 0 or 1; keeps the sign of zero.
    public static float sign(float x) {
        return x > 0f ? 1f : x < 0f ? -1f : x;
    }

    /// `value`, which is not negative where `x` is not, with the sign of `x`.
    private static float withSignOf(float x, float value) {
        return intBitsToFloat(floatToRawIntBits(value) | (floatToRawIntBits(x) & SIGN_BIT));
    }
}
