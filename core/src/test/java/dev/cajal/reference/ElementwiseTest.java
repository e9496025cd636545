package dev.cajal.reference;

import static dev.cajal.reference.Running.buffer;
import static dev.cajal.reference.Running.floats;
import static dev.cajal.reference.Running.longs;
import static dev.cajal.reference.Running.numbers;
import static dev.cajal.reference.Running.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Buffer;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.UnaryKind;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static double[] unary(UnaryKind kind, DType dtype, double... x) {
        return numbers(run(new Op.Unary(kind), buffer(dtype, x)));
    }

    private static double[] binary(BinaryKind kind, Buffer a, Buffer b) {
        return numbers(run(new Op.Binary(kind), a, b));
    }

    @Test
    void specialNumbersOfUnaryFunctions() {
        for (DType dtype : new DType[] {DType.F32, DType.F64, DType.BF16}) {
            double[] x = {0.0, -0.0, INF, -INF, NAN, -1};
            assertThat(unary(UnaryKind.NEGATE, dtype, x)).containsExactly(-0.0, 0.0, -INF, INF, NAN, 1);
            assertThat(unary(UnaryKind.ABS, dtype, x)).containsExactly(0.0, 0.0, INF, INF, NAN, 1);
            assertThat(unary(UnaryKind.SIGN, dtype, x)).containsExactly(0.0, -0.0, 1, -1, NAN, -1);
            assertThat(unary(UnaryKind.FLOOR, dtype, x)).containsExactly(0.0, -0.0, INF, -INF, NAN, -1);
            assertThat(unary(UnaryKind.EXP, dtype, x)).startsWith(1, 1, INF, 0, NAN);
            assertThat(unary(UnaryKind.EXPM1, dtype, x)).startsWith(0.0, -0.0, INF, -1, NAN);
            assertThat(unary(UnaryKind.LOG, dtype, x)).containsExactly(-INF, -INF, INF, NAN, NAN, NAN);
            assertThat(unary(UnaryKind.LOG1P, dtype, x)).containsExactly(0.0, -0.0, INF, NAN, NAN, -INF);
            assertThat(unary(UnaryKind.SQRT, dtype, x)).containsExactly(0.0, -0.0, INF, NAN, NAN, NAN);
            assertThat(unary(UnaryKind.RSQRT, dtype, x)).containsExactly(INF, -INF, 0, NAN, NAN, NAN);
            assertThat(unary(UnaryKind.CBRT, dtype, x)).containsExactly(0.0, -0.0, INF, -INF, NAN, -1);
            assertThat(unary(UnaryKind.TANH, dtype, x)).startsWith(0.0, -0.0, 1, -1, NAN);
            assertThat(unary(UnaryKind.LOGISTIC, dtype, x)).startsWith(0.5, 0.5, 1, 0, NAN);
            assertThat(unary(UnaryKind.SIN, dtype, x)).startsWith(0.0, -0.0, NAN, NAN, NAN);
            assertThat(unary(UnaryKind.COS, dtype, x)).startsWith(1, 1, NAN, NAN, NAN);
            assertThat(unary(UnaryKind.TAN, dtype, x)).startsWith(0.0, -0.0, NAN, NAN, NAN);
            assertThat(unary(UnaryKind.IS_FINITE, dtype, x)).containsExactly(1, 1, 0, 0, 0, 1);
        }
    }

    @Test
    void rounding() {
        double[] x = {-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.7, -2.2};
        assertThat(unary(UnaryKind.ROUND, DType.F32, x)).containsExactly(-2, -2, -0.0, 0, 2, 2, 3, -2);
        assertThat(unary(UnaryKind.FLOOR, DType.F32, x)).containsExactly(-3, -2, -1, 0, 1, 2, 2, -3);
        assertThat(unary(UnaryKind.CEIL, DType.F32, x)).containsExactly(-2, -1, -0.0, 1, 2, 3, 3, -2);
    }

    /// Away from special numbers, where all is smooth, rounded once.
    @Test
    void transcendentalFunctionsAreRoundedOnce() {
        Random random = new Random(1);
        double[] x = random.doubles(500, 0.01, 5).map(v -> (float) v).toArray();
        check(UnaryKind.EXP, x, v -> Math.pow(Math.E, v));
        check(UnaryKind.EXPM1, x, v -> 2 * Math.sinh(v / 2) * Math.exp(v / 2));
        check(UnaryKind.LOG, x, v -> Math.log10(v) * Math.log(10));
        check(UnaryKind.LOG1P, x, v -> Math.log(1 + v));
        check(UnaryKind.CBRT, x, v -> Math.pow(v, 1 / 3.0));
        check(UnaryKind.SIN, x, v -> Math.cos(v - Math.PI / 2));
        check(UnaryKind.COS, x, v -> Math.sin(v + Math.PI / 2));
        check(UnaryKind.TAN, x, v -> Math.sin(v) / Math.cos(v));
        check(UnaryKind.TANH, x, v -> 1 - 2 / (Math.exp(2 * v) + 1));
        check(UnaryKind.LOGISTIC, x, v -> 0.5 + 0.5 * Math.tanh(v / 2));
    }

    private static void check(UnaryKind kind, double[] x, DoubleUnaryOperator formula) {
        double[] f32 = unary(kind, DType.F32, x);
        double[] f64 = unary(kind, DType.F64, x);
        for (int i = 0; i < x.length; i++) {
            double exact = formula.applyAsDouble(x[i]);
            assertThat(f64[i]).as("%s of %s", kind, x[i]).isCloseTo(exact,
                    within(1e-13 * Math.max(1, Math.abs(exact))));
            assertThat(f32[i]).as("%s of %s", kind, x[i]).isEqualTo((float) f64[i]);
        }
    }

    private static Offset<Double> within(double difference) {
        return Offset.offset(difference);
    }

    @Test
    void reciprocalRootsAreRoundedTwice() {
        for (float x : new float[] {2, 3, 5, 7, 0.1f, 1e30f}) {
            assertThat(floats(run(new Op.Unary(UnaryKind.RSQRT), floats(x)))).containsExactly(1 / (float) Math.sqrt(x));
        }
    }

    @Test
    void wholeNumbers() {
        assertThat(unary(UnaryKind.NEGATE, DType.I32, 5, Integer.MIN_VALUE)).containsExactly(-5, Integer.MIN_VALUE);
        assertThat(unary(UnaryKind.ABS, DType.I32, -5, Integer.MIN_VALUE)).containsExactly(5, Integer.MIN_VALUE);
        assertThat(unary(UnaryKind.SIGN, DType.I32, -5, 0, 7)).containsExactly(-1, 0, 1);
        assertThat(unary(UnaryKind.NOT, DType.I32, 0, -1, 5)).containsExactly(-1, 0, -6);
        assertThat(unary(UnaryKind.NEGATE, DType.U8, 1, 0, 255)).containsExactly(255, 0, 1);
        assertThat(unary(UnaryKind.ABS, DType.U8, 200)).containsExactly(200);
        assertThat(unary(UnaryKind.SIGN, DType.U8, 200, 0)).containsExactly(1, 0);
        assertThat(unary(UnaryKind.NOT, DType.U8, 0, 1)).containsExactly(255, 254);
        assertThat(unary(UnaryKind.NOT, DType.BOOL, 0, 1)).containsExactly(1, 0);
    }

    /// The arithmetic of f32 is that of Java's float, bit for bit, overflow and subnormals included.
    @Test
    void arithmeticEqualsThatOfFloats() {
        Random random = new Random(2);
        float[] a = new float[4000];
        float[] b = new float[4000];
        for (int i = 0; i < a.length; i++) {
            a[i] = Float.intBitsToFloat(random.nextInt());
            b[i] = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : a[i] * random.nextFloat();
        }
        assertFloats(BinaryKind.ADD, a, b, (x, y) -> x + y);
        assertFloats(BinaryKind.SUBTRACT, a, b, (x, y) -> x - y);
        assertFloats(BinaryKind.MULTIPLY, a, b, (x, y) -> x * y);
        assertFloats(BinaryKind.DIVIDE, a, b, (x, y) -> x / y);
        assertFloats(BinaryKind.REMAINDER, a, b, (x, y) -> x % y);
        assertFloats(BinaryKind.MAXIMUM, a, b, Math::max);
        assertFloats(BinaryKind.MINIMUM, a, b, Math::min);
        float[] roots = floats(run(new Op.Unary(UnaryKind.SQRT), floats(a)));
        for (int i = 0; i < a.length; i++) {
            assertThat(Float.compare(roots[i], (float) Math.sqrt(a[i]))).as("root of %s", a[i]).isZero();
        }
    }

    private interface FloatFunction {
        float apply(float a, float b);
    }

    private static void assertFloats(BinaryKind kind, float[] a, float[] b, FloatFunction function) {
        float[] result = floats(run(new Op.Binary(kind), floats(a), floats(b)));
        for (int i = 0; i < a.length; i++) {
            assertThat(Float.compare(result[i], function.apply(a[i], b[i])))
                    .as("%s of %s and %s", kind, a[i], b[i])
                    .isZero();
        }
    }

    @Test
    void specialPairs() {
        HostBuffer a = buffer(DType.F32, 0.0, -0.0, NAN, 1, INF, 0);
        HostBuffer b = buffer(DType.F32, -0.0, 0.0, 1, NAN, INF, 0);
        assertThat(binary(BinaryKind.MAXIMUM, a, b)).containsExactly(0.0, 0.0, NAN, NAN, INF, 0);
        assertThat(binary(BinaryKind.MINIMUM, a, b)).containsExactly(-0.0, -0.0, NAN, NAN, INF, 0);
        assertThat(binary(BinaryKind.SUBTRACT, a, b)).containsExactly(0.0, -0.0, NAN, NAN, NAN, 0);
        assertThat(binary(BinaryKind.DIVIDE, a, b)).containsExactly(NAN, NAN, NAN, NAN, NAN, NAN);
        assertThat(binary(BinaryKind.POWER, buffer(DType.F64, 0, -8, 2, NAN, INF, -2),
                buffer(DType.F64, 0, 1 / 3.0, 0.5, 0,
                        -1, 3)))
                .containsExactly(1, NAN, Math.sqrt(2), 1, 0, -8);
        assertThat(binary(BinaryKind.ATAN2, buffer(DType.F64, 0, 1, -1, 0.0, -0.0), buffer(DType.F64, 1, 0, 0, -1, -1)))
                .containsExactly(0, Math.PI / 2, -Math.PI / 2, Math.PI, -Math.PI);
        assertThat(
                binary(BinaryKind.REMAINDER, buffer(DType.F64, 5, -5, 5, -5, 5, INF), buffer(DType.F64, 3, 3, -3, -3, 0,
                        2)))
                .containsExactly(2, -2, 2, -2, NAN, NAN);
    }

    @Test
    void integerDivision() {
        int min = Integer.MIN_VALUE;
        HostBuffer a = buffer(DType.I32, 7, -7, 7, -7, 5, min, 0);
        HostBuffer b = buffer(DType.I32, 2, 2, -2, -2, 0, -1, 0);
        assertThat(binary(BinaryKind.DIVIDE, a, b)).containsExactly(3, -3, -3, 3, -1, min, -1);
        assertThat(binary(BinaryKind.REMAINDER, a, b)).containsExactly(1, -1, 1, -1, 5, 0, 0);
        assertThat(binary(BinaryKind.DIVIDE, buffer(DType.U8, 200, 7), buffer(DType.U8, 3, 0))).containsExactly(66,
                255);
        assertThat(binary(BinaryKind.REMAINDER, buffer(DType.U8, 200, 7), buffer(DType.U8, 3, 0))).containsExactly(2,
                7);
        Buffer quotient = run(new Op.Binary(BinaryKind.DIVIDE), longs(Long.MIN_VALUE, 1), longs(-1, 0));
        assertThat(HostBuffer.of(quotient).segment().mismatch(longs(Long.MIN_VALUE, -1).segment())).isEqualTo(-1);
    }

    @Test
    void integersWrap() {
        assertThat(binary(BinaryKind.ADD, buffer(DType.I32, Integer.MAX_VALUE), buffer(DType.I32, 1)))
                .containsExactly(Integer.MIN_VALUE);
        assertThat(binary(BinaryKind.MULTIPLY, buffer(DType.U8, 20, 255), buffer(DType.U8, 20, 255)))
                .containsExactly(144, 1);
        assertThat(binary(BinaryKind.SUBTRACT, buffer(DType.U8, 1), buffer(DType.U8, 2))).containsExactly(255);
        Buffer sum = run(new Op.Binary(BinaryKind.ADD), longs(Long.MAX_VALUE), longs(1));
        assertThat(HostBuffer.of(sum).segment().mismatch(longs(Long.MIN_VALUE).segment())).isEqualTo(-1);
        assertThat(binary(BinaryKind.MAXIMUM, buffer(DType.U8, 200), buffer(DType.U8, 100))).containsExactly(200);
    }

    @Test
    void integerPowers() {
        assertThat(binary(BinaryKind.POWER, buffer(DType.I32, 2, -3, 0, 7, 3), buffer(DType.I32, 10, 3, 0, 0, 40)))
                .containsExactly(1024, -27, 1, 1, BigInteger.valueOf(3).pow(40).intValue());
        assertThat(binary(BinaryKind.POWER, buffer(DType.I32, 1, -1, -1, 2, 0), buffer(DType.I32, -5, -5, -4, -1, -1)))
                .containsExactly(1, -1, 1, 0, 0);
    }

    @Test
    void shifts() {
        HostBuffer distance = buffer(DType.I32, 0, 1, 31, 32, 33, -1);
        HostBuffer minusSix = buffer(DType.I32, -6, -6, -6, -6, -6, -6);
        assertThat(binary(BinaryKind.SHIFT_LEFT, minusSix, distance)).containsExactly(-6, -12, 0, 0, 0, 0);
        assertThat(binary(BinaryKind.SHIFT_RIGHT_ARITHMETIC, minusSix, distance))
                .containsExactly(-6, -3, -1, -1, -1, -1);
        assertThat(binary(BinaryKind.SHIFT_RIGHT_LOGICAL, minusSix, distance))
                .containsExactly(-6, 0x7ffffffd, 1, 0, 0, 0);
        HostBuffer bytes = buffer(DType.U8, 0x90, 0x90, 0x90, 0x90);
        HostBuffer byteDistance = buffer(DType.U8, 1, 7, 8, 255);
        assertThat(binary(BinaryKind.SHIFT_LEFT, bytes, byteDistance)).containsExactly(0x20, 0, 0, 0);
        assertThat(binary(BinaryKind.SHIFT_RIGHT_ARITHMETIC, bytes, byteDistance)).containsExactly(0xc8, 255, 255, 255);
        assertThat(binary(BinaryKind.SHIFT_RIGHT_LOGICAL, bytes, byteDistance)).containsExactly(0x48, 1, 0, 0);
    }

    @Test
    void bits() {
        assertThat(binary(BinaryKind.AND, buffer(DType.I32, 12, -1), buffer(DType.I32, 10, 7))).containsExactly(8, 7);
        assertThat(binary(BinaryKind.OR, buffer(DType.U8, 12), buffer(DType.U8, 10))).containsExactly(14);
        assertThat(binary(BinaryKind.XOR, buffer(DType.BOOL, 0, 0, 1, 1), buffer(DType.BOOL, 0, 1, 0, 1)))
                .containsExactly(0, 1, 1, 0);
        assertThat(binary(BinaryKind.MAXIMUM, buffer(DType.BOOL, 0, 1), buffer(DType.BOOL, 0, 0))).containsExactly(0,
                1);
    }

    private static double[] compare(Comparison comparison, Comparison.Order order, Buffer a, Buffer b) {
        return numbers(run(new Op.Compare(comparison, order), a, b));
    }

    @Test
    void comparisons() {
        HostBuffer a = buffer(DType.F32, 1, 2, 2, 0.0, NAN, NAN, -INF);
        HostBuffer b = buffer(DType.F32, 2, 2, 1, -0.0, NAN, 1, NAN);
        Comparison.Order order = Comparison.Order.FLOAT;
        assertThat(compare(Comparison.EQ, order, a, b)).containsExactly(0, 1, 0, 1, 0, 0, 0);
        assertThat(compare(Comparison.NE, order, a, b)).containsExactly(1, 0, 1, 0, 1, 1, 1);
        assertThat(compare(Comparison.LT, order, a, b)).containsExactly(1, 0, 0, 0, 0, 0, 0);
        assertThat(compare(Comparison.LE, order, a, b)).containsExactly(1, 1, 0, 1, 0, 0, 0);
        assertThat(compare(Comparison.GT, order, a, b)).containsExactly(0, 0, 1, 0, 0, 0, 0);
        assertThat(compare(Comparison.GE, order, a, b)).containsExactly(0, 1, 1, 1, 0, 0, 0);
    }

    @Test
    void theTotalOrderTellsZerosApartAndKnowsOneNaN() {
        HostBuffer a = buffer(DType.F32, -0.0, 0.0, NAN, INF, -INF);
        HostBuffer b = buffer(DType.F32, 0.0, -0.0, NAN, NAN, -1);
        Comparison.Order order = Comparison.Order.TOTAL_ORDER;
        assertThat(compare(Comparison.LT, order, a, b)).containsExactly(1, 0, 0, 1, 1);
        assertThat(compare(Comparison.EQ, order, a, b)).containsExactly(0, 0, 1, 0, 0);
        HostBuffer negative = floats(Float.intBitsToFloat(0xffc00000));
        assertThat(compare(Comparison.EQ, order, negative, buffer(DType.F32, NAN))).containsExactly(1);
        assertThat(compare(Comparison.GT, order, negative, buffer(DType.F32, INF))).containsExactly(1);
    }

    @Test
    void unsignedAndSignedComparisons() {
        assertThat(
                compare(Comparison.LT, Comparison.Order.UNSIGNED, buffer(DType.U8, 100, 0), buffer(DType.U8, 200, 0)))
                .containsExactly(1, 0);
        assertThat(compare(Comparison.LT, Comparison.Order.SIGNED, buffer(DType.I32, -1), buffer(DType.I32, 1)))
                .containsExactly(1);
        assertThat(compare(Comparison.GT, Comparison.Order.UNSIGNED, buffer(DType.BOOL, 1), buffer(DType.BOOL, 0)))
                .containsExactly(1);
    }

    @Test
    void selection() {
        assertThat(numbers(run(new Op.Select(), buffer(DType.BOOL, 1, 0), buffer(DType.F32, 1, 2), buffer(DType.F32, 3,
                NAN)))).containsExactly(1, NAN);
    }

    private static double[] convert(DType to, Buffer x) {
        return numbers(run(new Op.Convert(to), x));
    }

    @Test
    void conversionToIntegersTruncatesAndSaturates() {
        HostBuffer x = buffer(DType.F32, 1.9, -1.9, NAN, INF, -INF, 3e9, 300, -0.0);
        assertThat(convert(DType.I32, x))
                .containsExactly(1, -1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 300, 0);
        assertThat(convert(DType.U8, x)).containsExactly(1, 0, 0, 255, 0, 255, 255, 0);
        assertThat(convert(DType.I64, x))
                .containsExactly(1, -1, 0, 0x1p63, -0x1p63, 3e9, 300, 0);
        assertThat(convert(DType.BOOL, x)).containsExactly(1, 1, 1, 1, 1, 1, 1, 0);
    }

    @Test
    void conversionBetweenIntegersWraps() {
        assertThat(convert(DType.U8, buffer(DType.I32, -1, 256, 300))).containsExactly(255, 0, 44);
        assertThat(convert(DType.I32, longs(1L << 32 | 5, Long.MIN_VALUE))).containsExactly(5, 0);
        assertThat(convert(DType.I64, buffer(DType.U8, 255))).containsExactly(255);
        assertThat(convert(DType.BOOL, buffer(DType.I32, 0, 256))).containsExactly(0, 1);
        assertThat(convert(DType.F32, buffer(DType.BOOL, 0, 1))).containsExactly(0, 1);
    }

    @Test
    void conversionToFloatingPointRoundsOnce() {
        assertThat(convert(DType.F32, buffer(DType.F64, 0.1, 1e39, 1e-50))).containsExactly(0.1f, INF, 0);
        assertThat(convert(DType.BF16, buffer(DType.F64, 1 + 0x1p-8 + 0x1p-50))).containsExactly(1 + 0x1p-7);
        long tie = (1L << 60) + (1L << 36) + 1;
        assertThat(convert(DType.F32, longs(tie))).containsExactly((float) tie);
        assertThat(convert(DType.F64, buffer(DType.F32, 0.1f))).containsExactly(0.1f);
    }

    @Test
    void bitcasts() {
        assertThat(numbers(run(new Op.BitcastConvert(DType.I32), buffer(DType.F32, 1, -0.0, INF))))
                .containsExactly(0x3f800000, Integer.MIN_VALUE, 0x7f800000);
        assertThat(numbers(run(new Op.BitcastConvert(DType.F32), buffer(DType.I32, 0x3fc00000)))).containsExactly(1.5);
        assertThat(numbers(run(new Op.BitcastConvert(DType.F64), longs(Double.doubleToRawLongBits(-0.1)))))
                .containsExactly(-0.1);
    }

    @Test
    void counting() {
        assertThat(numbers(run(new Op.Iota(TensorType.of(DType.I32, 2, 3), 1)))).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(numbers(run(new Op.Iota(TensorType.of(DType.F32, 2, 3), 0)))).containsExactly(0, 0, 0, 1, 1, 1);
        double[] bytes = numbers(run(new Op.Iota(TensorType.of(DType.U8, 300), 0)));
        assertThat(bytes).containsExactly(IntStream.range(0, 300).mapToDouble(i -> i % 256).toArray());
        // bf16 has 8 digits: of 256 to 260 only the even ones are there, ties to even.
        double[] rounded = numbers(run(new Op.Iota(TensorType.of(DType.BF16, 264), 0)));
        assertThat(rounded[257]).isEqualTo(256);
        assertThat(rounded[259]).isEqualTo(260);
    }

    @Test
    void constants() {
        assertThat(numbers(run(new Op.Constant(Literal.of(TensorType.of(DType.F32, 2), 1, -0.0)))))
                .containsExactly(1, -0.0);
        assertThat(numbers(run(new Op.Constant(Literal.splat(TensorType.of(DType.I64, 3), 7L)))))
                .containsExactly(7, 7, 7);
    }
}
