package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralTest {
    private static final TensorType PAIR = TensorType.of(DType.F32, 2);

    @Test
    void elementsAreComparedByBits() {
        assertThat(Literal.of(DType.F32, 0.0)).isNotEqualTo(Literal.of(DType.F32, -0.0));
        assertThat(Literal.of(DType.F32, Double.NaN)).isEqualTo(Literal.of(DType.F32, Double.NaN));
        assertThat(Literal.of(DType.F32, 1)).isNotEqualTo(Literal.of(DType.F64, 1));
        assertThat(Literal.of(PAIR, 1, 2)).isEqualTo(Literal.of(PAIR, 1, 2)).hasSameHashCodeAs(Literal.of(PAIR, 1, 2));
    }

    @Test
    void elementsThatAreAllAlikeAreASplat() {
        assertThat(Literal.of(PAIR, 3, 3)).isEqualTo(Literal.splat(PAIR, 3.0));
        assertThat(Literal.of(PAIR, 3, 3).isSplat()).isTrue();
        assertThat(Literal.of(PAIR, 0.0, -0.0).isSplat()).isFalse();
        assertThat(Literal.splat(PAIR, 3.0).doubleAt(1)).isEqualTo(3);
    }

    @Test
    void theNumberOfElementsHasToFit() {
        assertThatThrownBy(() -> Literal.of(PAIR, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessage("A literal of type f32[2] needs 2 values, but got 1.");
        assertThatThrownBy(() -> Literal.of(PAIR, 1, 2).withShape(Shape.of(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("cannot take shape [3]");
        assertThat(Literal.splat(PAIR, 1.0).withShape(Shape.of(3)).type()).isEqualTo(TensorType.of(DType.F32, 3));
    }

    @Test
    void integersWrap() {
        assertThat(Literal.encode(DType.U8, 257L)).isEqualTo(1);
        assertThat(Literal.encode(DType.U8, -1L)).isEqualTo(255);
        assertThat(Literal.encode(DType.I32, 1L << 31)).isEqualTo(Integer.MIN_VALUE);
        assertThat(Literal.encode(DType.BOOL, 7L)).isEqualTo(1);
        assertThat(Literal.encode(DType.I64, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void wholeNumbersAreExact() {
        long odd = (1L << 53) + 1;
        assertThat(Literal.splat(TensorType.of(DType.I64), odd).bitsAt(0)).isEqualTo(odd);
    }

    @Test
    void bfloat16RoundsToNearestTiesToEven() {
        // 1 + 2^-8 lies between 1 and 1 + 2^-7; just above it the upper one is nearer.
        assertThat(bfloat16(1 + 0x1p-8)).isEqualTo(1);
        assertThat(bfloat16(1 + 0x1p-8 + 0x1p-50)).isEqualTo(1 + 0x1p-7);
        assertThat(bfloat16(1 + 3 * 0x1p-8)).isEqualTo(1 + 0x1p-6);
        assertThat(bfloat16(1 + 3 * 0x1p-8 - 0x1p-50)).isEqualTo(1 + 0x1p-7);
        assertThat(bfloat16(-1 - 0x1p-8 - 0x1p-50)).isEqualTo(-1 - 0x1p-7);
    }

    @Test
    void bfloat16HasTheSpecialNumbers() {
        assertThat(Literal.encode(DType.BF16, -0.0)).isEqualTo(0x8000);
        assertThat(Literal.encode(DType.BF16, Double.POSITIVE_INFINITY)).isEqualTo(0x7f80);
        assertThat(Literal.encode(DType.BF16, 3.4e38)).isEqualTo(0x7f80);
        assertThat(Literal.encode(DType.BF16, -1e300)).isEqualTo(0xff80);
        assertThat(Literal.encode(DType.BF16, Double.NaN)).isEqualTo(0x7fc0);
        assertThat(bfloat16(0x1p-133)).isEqualTo(0x1p-133);
        assertThat(bfloat16(0x1p-134)).isZero();
        assertThat(bfloat16(0x1.8p-134)).isEqualTo(0x1p-133);
    }

    @Test
    void bfloat16OfRandomNumbersIsTheNearestOfAll() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double number = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-20, 20));
            double rounded = bfloat16(number);
            double below = Literal.decode(DType.BF16, Literal.encode(DType.BF16, rounded) - 1);
            double above = Literal.decode(DType.BF16, Literal.encode(DType.BF16, rounded) + 1);
            assertThat(Math.abs(rounded - number))
                    .as("%s", number)
                    .isLessThanOrEqualTo(Math.abs(below - number))
                    .isLessThanOrEqualTo(Math.abs(above - number));
        }
    }

    @Test
    void wholeNumbersAreRoundedOnce() {
        // Rounded to a double first, these become ties and then fall to the wrong side.
        long f32 = (1L << 60) + (1L << 36) + 1;
        assertThat(Literal.decode(DType.F32, Literal.encode(DType.F32, f32))).isEqualTo((float) f32);
        assertThat(Literal.decode(DType.F32, Literal.encode(DType.F32, f32))).isNotEqualTo((float) (double) f32);
        long bf16 = (1L << 60) + (1L << 52) + 1;
        assertThat(Literal.decode(DType.BF16, Literal.encode(DType.BF16, bf16))).isEqualTo(0x1p60 + 0x1p53);
        assertThat(Literal.decode(DType.BF16, Literal.encode(DType.BF16, -bf16))).isEqualTo(-0x1p60 - 0x1p53);
        assertThat(Literal.decode(DType.BF16, Literal.encode(DType.BF16, bf16 - 2))).isEqualTo(0x1p60);
        assertThat(Literal.decode(DType.BF16, Literal.encode(DType.BF16, Long.MAX_VALUE))).isEqualTo(0x1p63);
        assertThat(Literal.decode(DType.BF16, Literal.encode(DType.BF16, Long.MIN_VALUE))).isEqualTo(-0x1p63);
    }

    @Test
    void textShowsAFewElements() {
        assertThat(Literal.of(DType.F32, 1.5)).hasToString("1.5");
        assertThat(Literal.of(PAIR, 1, 2)).hasToString("{1.0, 2.0}");
        assertThat(Literal.splat(TensorType.of(DType.I32, 5), 7L)).hasToString("{7, ...}");
        assertThat(Literal.of(TensorType.of(DType.I32, 9), 0, 1, 2, 3, 4, 5, 6, 7, 8))
                .hasToString("{0, 1, 2, 3, 4, 5, 6, 7, ...}");
    }

    private static double bfloat16(double number) {
        return Literal.decode(DType.BF16, Literal.encode(DType.BF16, number));
    }
}
