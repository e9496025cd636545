package dev.cajal.cpu.math;

import static dev.cajal.cpu.math.Coefficients.*;
import static java.lang.Math.fma;

/// Powers of floats by way of `double`: x^y = 2^(y log2 x), where log2 x needs some 40 bits to leave 24 good ones.
final class FloatPower {
    private FloatPower() {}

    static float pow(float x, float y) {
        float result = (float) exp2((double) y * log2(Math.abs(x)));
        if (x < 0f || (x == 0f && 1f / x < 0f)) {
            // Even numbers are those whose half is whole; all floats beyond 2^24 are even.
            boolean whole = (float) Math.rint(y) == y;
            boolean odd = whole && (float) Math.rint(0.5f * y) != 0.5f * y;
            result = odd ? -result : whole || x == 0f || x == Float.NEGATIVE_INFINITY ? result : Float.NaN;
        }
        // 1^infinity is NaN in Java, and anything to the zeroth is 1.
        return y == 0f ? 1f : result;
    }

    /// log2 of a float that is not negative, to about 45 bits; -infinity for 0, infinity for infinity, NaN for NaN.
    private static double log2(float x) {
        long bits = Double.doubleToRawLongBits((double) x);
        long exponent = (bits - SQRT_HALF_BITS) >> 52;
        double m = Double.longBitsToDouble(bits - (exponent << 52));
        double s = (m - 1d) / (m + 1d);
        double t = s * s;
        double p = fma(fma(fma(fma(fma(LOG2_5, t, LOG2_4), t, LOG2_3), t, LOG2_2), t, LOG2_1), t, LOG2_0);
        double result = fma(s, p, (double) exponent);
        result = x < Float.POSITIVE_INFINITY ? result : (double) x;
        return x == 0f ? Double.NEGATIVE_INFINITY : result;
    }

    /// 2^t, to about 34 bits, 0 and infinity beyond the range of floats.
    private static double exp2(double t) {
        double y = t > EXP2_LIMIT ? EXP2_LIMIT : t;
        y = y < -EXP2_LIMIT ? -EXP2_LIMIT : y;
        double shifted = y + DOUBLE_ROUNDER;
        double f = y - (shifted - DOUBLE_ROUNDER);
        double p = fma(fma(fma(EXP2_7, f, EXP2_6), f, EXP2_5), f, EXP2_4);
        p = fma(fma(fma(fma(p, f, EXP2_3), f, EXP2_2), f, EXP2_1), f, EXP2_0);
        return p * Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + DOUBLE_ONE_BITS);
    }
}
