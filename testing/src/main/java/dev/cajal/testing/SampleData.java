package dev.cajal.testing;

import dev.cajal.ir.Literal;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// Random elements for tensors, reproducible from a seed.
public final class SampleData {
    private final Random random;

    /// Data from a seed.
    public SampleData(long seed) {
        random = new Random(seed);
    }

    /// The source of chance, for whoever needs more of it.
    public Random random() {
        return random;
    }

    /// Elements from numbers in row-major order, rounded or wrapped to the type.
    public static HostBuffer of(TensorType type, double... numbers) {
        HostBuffer buffer = HostBuffer.allocate(type);
        for (int i = 0; i < type.size(); i++) {
            setBits(buffer, i, Literal.encode(type.dtype(), numbers[i]));
        }
        return buffer;
    }

    /// The elements as numbers.
    public static double[] toDoubles(HostBuffer buffer) {
        double[] numbers = new double[Math.toIntExact(buffer.type().size())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Literal.decode(buffer.type().dtype(), bits(buffer, i));
        }
        return numbers;
    }

    /// The raw bits of an element, as [Literal] has them.
    public static long bits(HostBuffer buffer, long position) {
        return switch (buffer.type().dtype()) {
            case F32, I32 -> buffer.segment().getAtIndex(ValueLayout.JAVA_INT, position);
            case F64, I64 -> buffer.segment().getAtIndex(ValueLayout.JAVA_LONG, position);
            case BF16 -> buffer.segment().getAtIndex(ValueLayout.JAVA_SHORT, position) & 0xffff;
            case U8, BOOL -> buffer.segment().get(ValueLayout.JAVA_BYTE, position) & 0xff;
        };
    }

    static void setBits(HostBuffer buffer, long position, long bits) {
        switch (buffer.type().dtype().byteSize()) {
            case 1 -> buffer.segment().set(ValueLayout.JAVA_BYTE, position, (byte) bits);
            case 2 -> buffer.segment().setAtIndex(ValueLayout.JAVA_SHORT, position, (short) bits);
            case 4 -> buffer.segment().setAtIndex(ValueLayout.JAVA_INT, position, (int) bits);
            default -> buffer.segment().setAtIndex(ValueLayout.JAVA_LONG, position, bits);
        }
    }

    /// Elements from a supplier of numbers.
    public HostBuffer fill(TensorType type, DoubleSupplier numbers) {
        return of(type, numbers(type, numbers));
    }

    private static double[] numbers(TensorType type, DoubleSupplier supplier) {
        double[] numbers = new double[Math.toIntExact(type.size())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = supplier.getAsDouble();
        }
        return numbers;
    }

    /// Usual numbers: floating-point ones normally distributed, integers of the whole range (small ones often), truth values.
    public HostBuffer usual(TensorType type) {
        return switch (type.dtype()) {
            case F32, F64, BF16 -> fill(type, random::nextGaussian);
            case I32, I64, U8 -> integers(type);
            case BOOL -> fill(type, () -> random.nextInt(2));
        };
    }

    private HostBuffer integers(TensorType type) {
        HostBuffer buffer = HostBuffer.allocate(type);
        for (int i = 0; i < type.size(); i++) {
            setBits(buffer, i, Literal.encode(type.dtype(), random.nextBoolean()
                    ? random.nextInt(-9, 10)
                    : random.nextLong()));
        }
        return buffer;
    }

    /// Every number that has ever made trouble, then usual ones: signed zeros, subnormals, the largest, infinities, NaN; the ends of
    /// the integers.
    public HostBuffer special(TensorType type) {
        List<Long> bits = new ArrayList<>(switch (type.dtype()) {
            case F32, F64, BF16 -> specialNumbers(type.dtype());
            case I32 ->
                List.of(0L, 1L, -1L, 2L, -2L, 31L, 32L, 33L, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE);
            case I64 -> List.of(0L, 1L, -1L, 2L, -2L, 63L, 64L, 65L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53 | 1L);
            case U8 -> List.of(0L, 1L, 2L, 7L, 8L, 9L, 127L, 128L, 254L, 255L);
            case BOOL -> List.of(0L, 1L);
        });
        Collections.shuffle(bits, random);
        HostBuffer buffer = usual(type);
        for (int i = 0; i < Math.min(bits.size(), type.size()); i++) {
            setBits(buffer, random.nextInt((int) type.size()), bits.get(i));
        }
        return buffer;
    }

    private static List<Long> specialNumbers(DType dtype) {
        double smallest = dtype == DType.F64 ? Double.MIN_VALUE : dtype == DType.F32 ? Float.MIN_VALUE : 0x1p-133;
        double normal = dtype == DType.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
        double largest = Literal.decode(dtype, switch (dtype) {
            case F64 -> 0x7fefffffffffffffL;
            case F32 -> 0x7f7fffffL;
            default -> 0x7f7fL;
        });
        List<Long> bits = new ArrayList<>();
        for (double x : new double[] {
            0, 1, 0.5, 2.5, 3.5, 88, 100, 710, 1e6, 2147483648.0, 9.3e18, smallest, 3 * smallest, normal, largest,
            Double.POSITIVE_INFINITY
        }) {
            bits.add(Literal.encode(dtype, x));
            bits.add(Literal.encode(dtype, -x));
        }
        bits.add(Literal.encode(dtype, Double.NaN));
        return bits;
    }

    /// Numbers between two others.
    public HostBuffer between(TensorType type, double low, double high) {
        return fill(type, () -> low + random.nextDouble() * (high - low));
    }

    /// Positive or negative numbers whose distance to the nearest whole number is at least 0.2: away from the kinks of rounding, signs and absolute
    /// values.
    public HostBuffer awayFromIntegers(TensorType type) {
        return fill(type, () -> random.nextInt(-4, 4) + 0.2 + 0.6 * random.nextDouble());
    }

    /// Different numbers in random order, 0.1 apart: away from the kinks of maxima and sorting.
    public HostBuffer distinct(TensorType type) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return of(type, order.stream().mapToDouble(i -> 0.1 * i - 0.05 * order.size()).toArray());
    }

    /// Indices from 0 to below a limit.
    public HostBuffer indices(TensorType type, int limit) {
        return fill(type, () -> random.nextInt(limit));
    }

    /// Whole numbers from 0 to below the number of elements, each once.
    public HostBuffer permutation(TensorType type) {
        HostBuffer distinct = distinct(type.withDType(DType.F64));
        return of(type, Arrays.stream(toDoubles(distinct))
                .map(x -> Math.rint((x + 0.05 * type.size()) * 10)).toArray());
    }

    /// Shapes that are good for finding mistakes: a scalar, empty ones, single elements, lengths just beside those of vectors.
    public static List<Shape> shapes() {
        return List.of(
                Shape.of(), Shape.of(1), Shape.of(0), Shape.of(5), Shape.of(64), Shape.of(67), Shape.of(1, 1),
                Shape.of(0, 3), Shape.of(3, 0), Shape.of(2, 3), Shape.of(4, 33), Shape.of(2, 1, 17));
    }
}
