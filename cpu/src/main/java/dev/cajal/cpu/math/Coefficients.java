package dev.cajal.cpu.math;

/// The numbers that the scalar and the vector form share.
///
/// Polynomials are minimax fits (Remez) of the relative error of the whole function, their coefficients rounded to `float` one
/// after the other, lowest power first, each time fitting the rest again. Digits are hexadecimal so that no reader rounds.
final class Coefficients {
    private Coefficients() {}

    /// 1.5 * 2^23: adding it rounds a small number to the nearest whole one, which then stands in the low bits.
    static final float ROUNDER = 0x1.8p23f;
    static final int ROUNDER_BITS = 0x4b400000;
    static final float SMALLEST_NORMAL = 0x1p-126f;
    static final int SIGN_BIT = 0x80000000;
    static final int ONE_BITS = 0x3f800000;
    static final int MANTISSA_BITS = 0x007fffff;
    /// From here on every float is a whole number.
    static final float WHOLE = 0x1p23f;

    static final float LOG2_E = 0x1.715476p0f;
    /// ln 2 in two parts; the first has 21 bits, so that its product with an exponent is exact.
    static final float LN2_HIGH = 0x1.62e43p-1f;
    static final float LN2_LOW = -0x1.05c61p-29f;

    /// e^x overflows above, is less than half the smallest denormal below.
    static final float EXP_MAX = 89f;
    static final float EXP_MIN = -104f;
    /// e^x - 1 rounds to -1 below.
    static final float EXPM1_MIN = -30f;
    /// tanh rounds to 1 where -2|x| is below.
    static final float TANH_MIN = -20f;

    /// (e^r - 1 - r) / r^2 on [-ln 2 / 2, ln 2 / 2]; relative error of e^r - 1 below 2^-26.
    static final float EXP_0 = 0x1.fffffep-2f;
    static final float EXP_1 = 0x1.5554aap-3f;
    static final float EXP_2 = 0x1.55579ep-5f;
    static final float EXP_3 = 0x1.122c58p-7f;
    static final float EXP_4 = 0x1.6ab676p-10f;

    /// The bits of 2/3: logarithms are reduced to [2/3, 4/3).
    static final int TWO_THIRDS_BITS = 0x3f2aaaab;
    /// (log(1 + f) - f + f^2 / 2) / f^3 on [-1/3, 1/3]; relative error of log(1 + f) below 2^-28.
    static final float LOG_0 = 0x1.555556p-2f;
    static final float LOG_1 = -0x1.ffff02p-3f;
    static final float LOG_2 = 0x1.99985ep-3f;
    static final float LOG_3 = -0x1.559bbp-3f;
    static final float LOG_4 = 0x1.24d7b2p-3f;
    static final float LOG_5 = -0x1.f337d4p-4f;
    static final float LOG_6 = 0x1.bb4666p-4f;
    static final float LOG_7 = -0x1.07c29cp-3f;
    static final float LOG_8 = 0x1.e0b8c2p-4f;
    /// From this exponent of 1 + x on, log(1 + x) is log of the rounded sum to the last bit that matters.
    static final int LOG1P_LARGE = 24;

    /// Angles up to here are reduced with three parts of pi/2; beyond, [AngleReduction] takes over.
    static final float ANGLE_MAX = 0x1p16f;
    static final float TWO_OVER_PI = 0x1.45f306p-1f;
    static final float HALF_PI_1 = 0x1.921fb4p0f;
    static final float HALF_PI_2 = 0x1.4442dp-24f;
    static final float HALF_PI_3 = 0x1.84698ap-48f;
    /// (sin r - r) / r^3 in s = r^2, |r| up to pi/4; relative error of sin r below 2^-32.
    static final float SIN_0 = -0x1.555556p-3f;
    static final float SIN_1 = 0x1.111174p-7f;
    static final float SIN_2 = -0x1.a05954p-13f;
    static final float SIN_3 = 0x1.7c2c4ep-19f;
    /// (cos r - 1) / r^2 in s = r^2, |r| up to pi/4; relative error of cos r below 2^-32.
    static final float COS_0 = -0x1p-1f;
    static final float COS_1 = 0x1.55554ap-5f;
    static final float COS_2 = -0x1.6c0c28p-10f;
    static final float COS_3 = 0x1.99e80cp-16f;

    /// (atan a - a) / a^3 in s = a^2, a in [0, 1]; relative error of atan a below 2^-31.
    static final float ATAN_0 = -0x1.555552p-2f;
    static final float ATAN_1 = 0x1.99981cp-3f;
    static final float ATAN_2 = -0x1.247620p-3f;
    static final float ATAN_3 = 0x1.c51170p-4f;
    static final float ATAN_4 = -0x1.6953bcp-4f;
    static final float ATAN_5 = 0x1.150ap-4f;
    static final float ATAN_6 = -0x1.7080bap-5f;
    static final float ATAN_7 = 0x1.75304p-6f;
    static final float ATAN_8 = -0x1.e6a0ecp-8f;
    static final float ATAN_9 = 0x1.29687ep-10f;
    /// pi/2 in two parts; doubled exactly they are pi.
    static final float HALF_PI_HIGH = 0x1.921fb6p0f;
    static final float HALF_PI_LOW = -0x1.777a5cp-25f;

    /// First guess of a cube root on [1, 8), within 1.6 %.
    static final float CBRT_0 = 0.7625029f;
    static final float CBRT_1 = 0.26807538f;
    static final float CBRT_2 = -0.014670641f;

    /// The bits of sqrt(1/2) in double precision, low word cleared: powers are reduced to about [sqrt(1/2), sqrt(2)).
    static final long SQRT_HALF_BITS = 0x3fe6a09e00000000L;
    /// log2((1 + s) / (1 - s)) / s in s^2, |s| up to 0.1718; relative error below 2^-45.
    static final double LOG2_0 = 0x1.71547652b824fp1;
    static final double LOG2_1 = 0x1.ec709dc540675p-1;
    static final double LOG2_2 = 0x1.2776c28e4c384p-1;
    static final double LOG2_3 = 0x1.a61a32fba13a5p-2;
    static final double LOG2_4 = 0x1.47949f3ef151cp-2;
    static final double LOG2_5 = 0x1.21bbb14f9f355p-2;
    /// 2^f on [-1/2, 1/2]; relative error below 2^-34.
    static final double EXP2_0 = 0x1.ffffffffababfp-1;
    static final double EXP2_1 = 0x1.62e42ff116742p-1;
    static final double EXP2_2 = 0x1.ebfbe0a4d8a08p-3;
    static final double EXP2_3 = 0x1.c6b08aaec2a4ap-5;
    static final double EXP2_4 = 0x1.3b29dc2ab5b78p-7;
    static final double EXP2_5 = 0x1.5d8a70c8eca2fp-10;
    static final double EXP2_6 = 0x1.446a31bfc1a60p-13;
    static final double EXP2_7 = 0x1.fe176c7c99a35p-17;
    /// As [#ROUNDER] for `double`: 1.5 * 2^52.
    static final double DOUBLE_ROUNDER = 0x1.8p52;
    static final long DOUBLE_ONE_BITS = 0x3ff0000000000000L;
    /// 2^t is beyond every float where |t| is larger.
    static final double EXP2_LIMIT = 512;
}
