package dev.cajal.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntegerMathTest {
    @Test
    void divisionByZeroAndOverflow() {
        assertThat(IntegerMath.divide(7, 0)).isEqualTo(-1);
        assertThat(IntegerMath.divide(-7, 2)).isEqualTo(-3);
        assertThat(IntegerMath.divide(Integer.MIN_VALUE, -1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(IntegerMath.remainder(7, 0)).isEqualTo(7);
        assertThat(IntegerMath.remainder(-7, 2)).isEqualTo(-1);
        assertThat(IntegerMath.divide(7L, 0L)).isEqualTo(-1);
        assertThat(IntegerMath.divide(Long.MIN_VALUE, -1L)).isEqualTo(Long.MIN_VALUE);
        assertThat(IntegerMath.remainder(-7L, 0L)).isEqualTo(-7);
    }

    @Test
    void shiftsByTheWidthAndMore() {
        assertThat(IntegerMath.shiftLeft(5, 31)).isEqualTo(5 << 31);
        for (int distance : new int[] {32, 33, -1, Integer.MIN_VALUE}) {
            assertThat(IntegerMath.shiftLeft(5, distance)).isZero();
            assertThat(IntegerMath.shiftRightLogical(-5, distance)).isZero();
            assertThat(IntegerMath.shiftRightArithmetic(-5, distance)).isEqualTo(-1);
            assertThat(IntegerMath.shiftRightArithmetic(5, distance)).isZero();
        }
        for (long distance : new long[] {64, 1L << 32, -1}) {
            assertThat(IntegerMath.shiftLeft(5L, distance)).isZero();
            assertThat(IntegerMath.shiftRightLogical(-5L, distance)).isZero();
            assertThat(IntegerMath.shiftRightArithmetic(-5L, distance)).isEqualTo(-1);
        }
        assertThat(IntegerMath.shiftRightLogical(-1L, 63)).isEqualTo(1);
        assertThat(IntegerMath.shiftRightArithmetic(-8, 2)).isEqualTo(-2);
    }

    @Test
    void unsignedBytesSaturate() {
        assertThat(IntegerMath.toUnsignedByte(Double.NaN)).isZero();
        assertThat(IntegerMath.toUnsignedByte(-3.5)).isZero();
        assertThat(IntegerMath.toUnsignedByte(254.9)).isEqualTo(254);
        assertThat(IntegerMath.toUnsignedByte(Double.POSITIVE_INFINITY)).isEqualTo(255);
    }
}
