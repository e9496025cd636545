package dev.cajal.cpu.math;

/// Large angles modulo pi/2, exact to the last bit of a float however large the angle (Payne and Hanek, 1983).
final class AngleReduction {
    /// 2/pi in 32-bit words after one word of zeros: bit 32 has the weight 1/2.
    private static final int[] TWO_OVER_PI = {0, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041,
        0xfe5163ab};
    private static final double HALF_PI_OVER_2_64 = 0x1.921fb54442d18p-64;

    private AngleReduction() {}

    /// The quadrant and the rest in [-pi/4, pi/4], to be taken apart by [#quadrant] and [#angle]. NaN if `x` is not finite.
    static long reduce(float x) {
        if (!(Math.abs(x) < Float.POSITIVE_INFINITY)) {
            return Float.floatToRawIntBits(Float.NaN) & 0xffffffffL;
        }
        int bits = Float.floatToRawIntBits(x);
        long mantissa = (bits & 0x007fffff) | 0x00800000;
        int exponent = ((bits >>> 23) & 0xff) - 150;
        // |x| = mantissa 2^exponent. Bits of 2/pi of weight 2^(2 - exponent) and more add whole turns; the 96 after them do.
        int first = exponent + 30;
        long low = word(first + 64) * mantissa;
        long middle = word(first + 32) * mantissa + (low >>> 32);
        long high = word(first) * mantissa + (middle >>> 32);
        long quarters = (high << 32) | (middle & 0xffffffffL); // in units of 2^-62
        long fraction = quarters << 2; // in units of 2^-64, as a signed number: to the nearest quarter
        int quadrant = (int) ((quarters >>> 62) + (fraction >>> 63));
        float angle = (float) ((double) fraction * HALF_PI_OVER_2_64);
        return x < 0 ? pack(-quadrant, -angle) : pack(quadrant, angle);
    }

    static int quadrant(long reduced) {
        return (int) (reduced >>> 32);
    }

    static float angle(long reduced) {
        return Float.intBitsToFloat((int) reduced);
    }

    private static long pack(int quadrant, float angle) {
        return ((long) quadrant << 32) | (Float.floatToRawIntBits(angle) & 0xffffffffL);
    }

    /// 32 bits of 2/pi from a bit position on.
    private static long word(int bit) {
        int index = bit >>> 5;
        long two = ((long) TWO_OVER_PI[index] << 32) | (TWO_OVER_PI[index + 1] & 0xffffffffL);
        return (two << (bit & 31)) >>> 32;
    }
}
