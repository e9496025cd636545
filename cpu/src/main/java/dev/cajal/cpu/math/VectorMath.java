package dev.cajal.cpu.math;

import static dev.cajal.cpu.math.Coefficients.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// The functions of [FloatMath] on vectors of any species, bit for bit.
///
/// Each method is a straight line of vector operations, which generated kernels take over instruction by instruction: a call that C2 does not inline
/// makes objects of its vectors. Only [#sin], [#cos] and [#tan] branch (for angles beyond 65,536) and stay calls, and only [#pow] and [#remainder] go lane
/// by lane.
public final class VectorMath {
    private VectorMath() {}

    /// [FloatMath#exp].
    public static FloatVector exp(FloatVector x) {
        FloatVector y = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
        y = y.blend(EXP_MIN, y.compare(LT, EXP_MIN));
        FloatVector t = y.fma(LOG2_E, ROUNDER);
        FloatVector n = t.sub(ROUNDER);
        FloatVector r = n.lanewise(FMA, -LN2_HIGH, y);
        r = n.lanewise(FMA, -LN2_LOW, r);
        FloatVector e = r.fma(EXP_4, EXP_3).lanewise(FMA, r, EXP_2).lanewise(FMA, r, EXP_1).lanewise(FMA, r, EXP_0)
                .lanewise(FMA, r, 1f).lanewise(FMA, r, 1f);
        IntVector bits = t.reinterpretAsInts();
        IntVector half = bits.lanewise(LSHR, 1);
        FloatVector scale1 = half.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
        FloatVector scale2 = bits.sub(half).lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
        return e.mul(scale1).mul(scale2);
    }

    /// [FloatMath#expm1].
    public static FloatVector expm1(FloatVector x) {
        FloatVector y = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
        y = y.blend(EXPM1_MIN, y.compare(LT, EXPM1_MIN));
        FloatVector t = y.fma(LOG2_E, ROUNDER);
        FloatVector n = t.sub(ROUNDER);
        FloatVector r = n.lanewise(FMA, -LN2_HIGH, y);
        r = n.lanewise(FMA, -LN2_LOW, r);
        FloatVector tail = r.fma(EXP_4, EXP_3).lanewise(FMA, r, EXP_2).lanewise(FMA, r, EXP_1).lanewise(FMA, r, EXP_0);
        FloatVector p = r.mul(r).fma(tail, r);
        FloatVector s = t.reinterpretAsInts().sub(1).lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
        FloatVector scaled = s.fma(p, s.sub(0.5f)).mul(2f);
        IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
        return scaled.blend(p, n.compare(EQ, 0f)).reinterpretAsInts().lanewise(OR, sign).reinterpretAsFloats();
    }

    /// [FloatMath#tanh].
    public static FloatVector tanh(FloatVector x) {
        FloatVector y = x.abs().mul(-2f);
        y = y.blend(TANH_MIN, y.compare(LT, TANH_MIN));
        FloatVector t = y.fma(LOG2_E, ROUNDER);
        FloatVector n = t.sub(ROUNDER);
        FloatVector r = n.lanewise(FMA, -LN2_HIGH, y);
        r = n.lanewise(FMA, -LN2_LOW, r);
        FloatVector tail = r.fma(EXP_4, EXP_3).lanewise(FMA, r, EXP_2).lanewise(FMA, r, EXP_1).lanewise(FMA, r, EXP_0);
        FloatVector p = r.mul(r).fma(tail, r);
        FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
        FloatVector minus = s.neg();
        FloatVector quotient = minus.fma(p, minus.add(1f)).div(s.fma(p, s.add(1f)));
        IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
        return quotient.reinterpretAsInts().lanewise(OR, sign).reinterpretAsFloats();
    }

    /// [FloatMath#logistic].
    public static FloatVector logistic(FloatVector x) {
        FloatVector y = x.abs().neg();
        y = y.blend(EXP_MIN, y.compare(LT, EXP_MIN));
        FloatVector t = y.fma(LOG2_E, ROUNDER);
        FloatVector n = t.sub(ROUNDER);
        FloatVector r = n.lanewise(FMA, -LN2_HIGH, y);
        r = n.lanewise(FMA, -LN2_LOW, r);
        FloatVector p = r.fma(EXP_4, EXP_3).lanewise(FMA, r, EXP_2).lanewise(FMA, r, EXP_1).lanewise(FMA, r, EXP_0)
                .lanewise(FMA, r, 1f).lanewise(FMA, r, 1f);
        IntVector bits = t.reinterpretAsInts();
        IntVector half = bits.lanewise(LSHR, 1);
        FloatVector scale1 = half.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
        FloatVector scale2 = bits.sub(half).lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
        FloatVector e = p.mul(scale1).mul(scale2);
        return e.blend(1f, x.compare(GE, 0f)).div(e.add(1f));
    }

    /// [FloatMath#log].
    public static FloatVector log(FloatVector x) {
        var denormal = x.compare(LT, SMALLEST_NORMAL);
        IntVector bits = x.blend(x.mul(0x1p23f), denormal).reinterpretAsInts();
        IntVector exponent = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
        FloatVector k = (FloatVector) exponent.convert(I2F, 0);
        k = k.blend(k.sub(23f), denormal);
        FloatVector m = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats();
        FloatVector f = m.sub(1f);
        FloatVector p = f.fma(LOG_8, LOG_7).lanewise(FMA, f, LOG_6).lanewise(FMA, f, LOG_5).lanewise(FMA, f, LOG_4)
                .lanewise(FMA, f, LOG_3).lanewise(FMA, f, LOG_2).lanewise(FMA, f, LOG_1).lanewise(FMA, f, LOG_0);
        FloatVector l = f.mul(f).fma(p.lanewise(FMA, f, -0.5f), f);
        FloatVector result = k.lanewise(FMA, LN2_HIGH, k.lanewise(FMA, LN2_LOW, l));
        result = x.blend(result, x.compare(LT, Float.POSITIVE_INFINITY));
        result = result.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
        return result.blend(Float.NaN, x.compare(LT, 0f));
    }

    /// [FloatMath#log1p].
    public static FloatVector log1p(FloatVector x) {
        IntVector bits = x.add(1f).reinterpretAsInts();
        IntVector exponent = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
        IntVector shifted = exponent.lanewise(LSHL, 23);
        FloatVector k = (FloatVector) exponent.convert(I2F, 0);
        FloatVector large = bits.sub(shifted).reinterpretAsFloats().sub(1f);
        FloatVector s = shifted.neg().add(ONE_BITS).reinterpretAsFloats();
        FloatVector f = x.fma(s, s.sub(1f)).blend(large, k.compare(GE, LOG1P_LARGE));
        FloatVector result = withSignOf(x, log(k, f));
        result = x.blend(result, x.compare(LT, Float.POSITIVE_INFINITY));
        result = result.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1f));
        return result.blend(Float.NaN, x.compare(LT, -1f));
    }

    private static FloatVector log(FloatVector k, FloatVector f) {
        FloatVector p = f.fma(LOG_8, LOG_7).lanewise(FMA, f, LOG_6).lanewise(FMA, f, LOG_5).lanewise(FMA, f, LOG_4)
                .lanewise(FMA, f, LOG_3).lanewise(FMA, f, LOG_2).lanewise(FMA, f, LOG_1).lanewise(FMA, f, LOG_0);
        FloatVector l = f.mul(f).fma(p.lanewise(FMA, f, -0.5f), f);
        return k.lanewise(FMA, LN2_HIGH, k.lanewise(FMA, LN2_LOW, l));
    }

    /// [FloatMath#rsqrt].
    public static FloatVector rsqrt(FloatVector x) {
        return FloatVector.broadcast(x.species(), 1f).div(x.sqrt());
    }

    /// [FloatMath#cbrt].
    public static FloatVector cbrt(FloatVector x) {
        FloatVector a = x.abs();
        var denormal = a.compare(LT, SMALLEST_NORMAL);
        IntVector bits = a.blend(a.mul(0x1p24f), denormal).reinterpretAsInts();
        IntVector exponent = bits.lanewise(LSHR, 23).add(65);
        IntVector third = exponent.mul(0x5556).lanewise(LSHR, 16);
        FloatVector m = bits.and(MANTISSA_BITS).add(exponent.sub(third.mul(3)).lanewise(LSHL, 23)).add(ONE_BITS)
                .reinterpretAsFloats();
        FloatVector y = m.fma(CBRT_2, CBRT_1).lanewise(FMA, m, CBRT_0);
        FloatVector cube = y.mul(y).mul(y);
        y = y.mul(m.lanewise(FMA, 2f, cube).div(cube.lanewise(FMA, 2f, m)));
        FloatVector square = y.mul(y);
        y = y.sub(square.fma(y, m.neg()).div(square.mul(3f)));
        FloatVector result = y.mul(third.sub(64).lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats());
        result = result.blend(result.mul(0x1p-8f), denormal);
        result = a.blend(result, a.compare(LT, Float.POSITIVE_INFINITY).and(a.compare(GT, 0f)));
        return withSignOf(x, result);
    }

    /// [FloatMath#sin].
    public static FloatVector sin(FloatVector x) {
        FloatVector t = x.fma(TWO_OVER_PI, ROUNDER);
        FloatVector result = sinOfQuadrant(withoutQuarters(x, t.sub(ROUNDER)), t.reinterpretAsInts());
        return x.abs().compare(GT, ANGLE_MAX).anyTrue() ? VectorLanes.sin(x) : result;
    }

    /// [FloatMath#cos].
    public static FloatVector cos(FloatVector x) {
        FloatVector t = x.fma(TWO_OVER_PI, ROUNDER);
        FloatVector result = sinOfQuadrant(withoutQuarters(x, t.sub(ROUNDER)), t.reinterpretAsInts().add(1));
        return x.abs().compare(GT, ANGLE_MAX).anyTrue() ? VectorLanes.cos(x) : result;
    }

    /// [FloatMath#tan].
    public static FloatVector tan(FloatVector x) {
        FloatVector t = x.fma(TWO_OVER_PI, ROUNDER);
        FloatVector r = withoutQuarters(x, t.sub(ROUNDER));
        FloatVector s = r.mul(r);
        FloatVector sine = sine(r, s);
        FloatVector cosine = cosine(s);
        var odd = t.reinterpretAsInts().and(1).compare(NE, 0).cast(x.species());
        FloatVector result = sine.blend(cosine.neg(), odd).div(cosine.blend(sine, odd));
        return x.abs().compare(GT, ANGLE_MAX).anyTrue() ? VectorLanes.tan(x) : result;
    }

    private static FloatVector withoutQuarters(FloatVector x, FloatVector n) {
        FloatVector r = n.lanewise(FMA, -HALF_PI_1, x);
        r = n.lanewise(FMA, -HALF_PI_2, r);
        return n.lanewise(FMA, -HALF_PI_3, r);
    }

    private static FloatVector sinOfQuadrant(FloatVector r, IntVector quadrant) {
        FloatVector s = r.mul(r);
        var odd = quadrant.and(1).compare(NE, 0).cast(r.species());
        FloatVector value = sine(r, s).blend(cosine(s), odd);
        return value.reinterpretAsInts().lanewise(XOR, quadrant.lanewise(LSHL, 30).and(SIGN_BIT)).reinterpretAsFloats();
    }

    private static FloatVector sine(FloatVector r, FloatVector s) {
        return s.fma(SIN_3, SIN_2).lanewise(FMA, s, SIN_1).lanewise(FMA, s, SIN_0).fma(r.lanewise(FMA, s, 0f), r);
    }

    private static FloatVector cosine(FloatVector s) {
        return s.fma(COS_3, COS_2).lanewise(FMA, s, COS_1).lanewise(FMA, s, COS_0).lanewise(FMA, s, 1f);
    }

    /// [FloatMath#atan2].
    public static FloatVector atan2(FloatVector y, FloatVector x) {
        FloatVector ax = x.abs();
        FloatVector ay = y.abs();
        var steep = ay.compare(GT, ax);
        FloatVector larger = ax.blend(ay, steep);
        FloatVector smaller = ay.blend(ax, steep);
        FloatVector a = smaller.div(larger).blend(1f, smaller.compare(EQ, larger));
        a = a.blend(smaller, larger.compare(EQ, 0f));
        FloatVector s = a.mul(a);
        FloatVector p = s.fma(ATAN_9, ATAN_8).lanewise(FMA, s, ATAN_7).lanewise(FMA, s, ATAN_6).lanewise(FMA, s, ATAN_5)
                .lanewise(FMA, s, ATAN_4).lanewise(FMA, s, ATAN_3).lanewise(FMA, s, ATAN_2).lanewise(FMA, s, ATAN_1)
                .lanewise(FMA, s, ATAN_0);
        FloatVector angle = p.fma(s.mul(a), a);
        var left = x.reinterpretAsInts().compare(LT, 0).cast(x.species());
        FloatVector turned = angle.blend(angle.neg(), steep.xor(left));
        FloatVector quarters = FloatVector.zero(x.species()).blend(2f, left).blend(1f, steep);
        FloatVector result = quarters.lanewise(FMA, HALF_PI_LOW, turned);
        return withSignOf(y, quarters.lanewise(FMA, HALF_PI_HIGH, result));
    }

    /// [FloatMath#pow].
    public static FloatVector pow(FloatVector x, FloatVector y) {
        return VectorLanes.pow(x, y);
    }

    /// [FloatMath#remainder].
    public static FloatVector remainder(FloatVector x, FloatVector y) {
        return VectorLanes.remainder(x, y);
    }

    /// [FloatMath#floor].
    public static FloatVector floor(FloatVector x) {
        FloatVector r = round(x);
        return withSignOf(x, r.blend(r.sub(1f), r.compare(GT, x)));
    }

    /// [FloatMath#ceil].
    public static FloatVector ceil(FloatVector x) {
        FloatVector r = round(x);
        return withSignOf(x, r.blend(r.add(1f), r.compare(LT, x)));
    }

    /// [FloatMath#round].
    public static FloatVector round(FloatVector x) {
        FloatVector a = x.abs();
        // Adding 2^23 to a smaller number pushes its fraction out, rounding half to even.
        FloatVector whole = withSignOf(x, a.add(WHOLE).sub(WHOLE));
        return x.blend(whole, a.compare(LT, WHOLE));
    }

    /// [FloatMath#sign].
    public static FloatVector sign(FloatVector x) {
        return x.blend(1f, x.compare(GT, 0f)).blend(-1f, x.compare(LT, 0f));
    }

    private static FloatVector withSignOf(FloatVector x, FloatVector value) {
        IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
        return value.reinterpretAsInts().lanewise(OR, sign).reinterpretAsFloats();
    }
}
