package dev.cajal.cpu.math;

import static java.lang.Float.NEGATIVE_INFINITY;
import static java.lang.Float.NaN;
import static java.lang.Float.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.math.MathFunctions.Binary;
import dev.cajal.cpu.math.MathFunctions.Unary;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scalar functions against double precision, over all floats, and at the special places.
class FloatMathTest {
    static List<Unary> unary() {
        return MathFunctions.unary();
    }

    static List<Binary> binary() {
        return MathFunctions.binary();
    }

    @ParameterizedTest
    @MethodSource
    void unary(Unary function) {
        sweep(function, 100_003);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("unary")
    void unaryDensely(Unary function) {
        sweep(function, 499);
    }

    private static void sweep(Unary function, int stride) {
        for (long bits = 0; bits < 1L << 32; bits += stride) {
            float x = Float.intBitsToFloat((int) bits);
            double exact = function.exact().applyAsDouble(x);
            float value = function.scalar().apply(x);
            if (!(MathFunctions.ulps(value, exact) <= function.ulps())) {
                assertThat((double) value).as("%s(%s)", function, x).isEqualTo(exact);
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void binary(Binary function) {
        float[] special = {0f, -0f, 1f, -1f, 0.5f, -0.5f, 2f, -2f, 3f, -3f, 1.5f, 16777217f, 1e30f, -1e30f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN};
        for (float x : special) {
            for (float y : special) {
                check(function, x, y);
            }
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200_000; i++) {
            check(function, Float.intBitsToFloat(random.nextInt()), Float.intBitsToFloat(random.nextInt()));
            float x = (float) StrictMath.exp(random.nextDouble(-20, 20));
            check(function, x, (float) random.nextDouble(-8, 8));
            check(function, -x, random.nextInt(-12, 12));
        }
    }

    private static void check(Binary function, float x, float y) {
        double exact = function.exact().applyAsDouble(x, y);
        float value = function.scalar().apply(x, y);
        if (!(MathFunctions.ulps(value, exact) <= function.ulps())) {
            assertThat((double) value).as("%s(%s, %s)", function, x, y).isEqualTo(exact);
        }
    }

    @Test
    void theEndsOfTheRange() {
        assertThat(FloatMath.exp(POSITIVE_INFINITY)).isEqualTo(POSITIVE_INFINITY);
        assertThat(FloatMath.exp(NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(FloatMath.exp(0f)).isEqualTo(1f);
        assertThat(FloatMath.exp(-103.27893f)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatMath.log(1f)).isEqualTo(0f);
        assertThat(FloatMath.log(-0f)).isEqualTo(NEGATIVE_INFINITY);
        assertThat(FloatMath.log(-1f)).isNaN();
        assertThat(FloatMath.tanh(-0f)).isEqualTo(-0f);
        assertThat(FloatMath.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatMath.logistic(NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(FloatMath.logistic(-100f)).isPositive();
        assertThat(FloatMath.sin(POSITIVE_INFINITY)).isNaN();
        assertThat(FloatMath.pow(NaN, 0f)).isEqualTo(1f);
        assertThat(FloatMath.pow(-8f, 3f)).isEqualTo(-512f);
        assertThat(FloatMath.pow(-8f, 0.5f)).isNaN();
    }

    @Test
    void aSineOfAHugeAngleIsThatOfTheExactNumber() {
        for (float x : new float[] {0x1p16f, 0x1.000002p16f, 0x1p127f, -0x1.fffffep127f}) {
            assertThat(MathFunctions.ulps(FloatMath.sin(x), StrictMath.sin(x))).isLessThan(1.6);
            assertThat(MathFunctions.ulps(FloatMath.cos(x), StrictMath.cos(x))).isLessThan(1.6);
        }
    }
}
