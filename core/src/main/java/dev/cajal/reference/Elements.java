package dev.cajal.reference;

import dev.cajal.ir.Literal;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/// The elements of a tensor between two operations, dense and row-major.
///
/// Numbers of every floating-point type are kept as doubles that the type can represent, whole numbers and truth values as longs. Written only
/// while being made.
sealed interface Elements {
    /// Element type and shape.
    TensorType type();

    /// The number of elements.
    int size();

    /// A tensor of elements picked by their positions: element `i` of the result is element `positions[i]`.
    Elements pick(TensorType type, int[] positions);

    /// Copies one element from a tensor of the same kind into this one.
    void put(int position, Elements from, int fromPosition);

    /// A copy, to be written to.
    Elements copy();

    /// The same elements under another type with as many elements, of the same element type.
    Elements withType(TensorType type);

    /// An element as [Literal] writes it.
    long bitsAt(int position);

    /// Zeros, to be written to.
    static Elements zeros(TensorType type) {
        int size = Math.toIntExact(type.size());
        return type.dtype().isFloating() ? new Floating(type, new double[size]) : new Whole(type, new long[size]);
    }

    /// The elements of a constant.
    static Elements of(Literal literal) {
        TensorType type = literal.type();
        return type.dtype().isFloating() ? floating(type, literal::doubleAt) : whole(type, literal::bitsAt);
    }

    /// Elements from memory in native byte order.
    static Elements read(TensorType type, MemorySegment segment) {
        return switch (type.dtype()) {
            case F32 -> floating(type, i -> segment.getAtIndex(ValueLayout.JAVA_FLOAT, i));
            case F64 -> floating(type, i -> segment.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
            case BF16 ->
                floating(type, i -> Literal.decode(DType.BF16, segment.getAtIndex(ValueLayout.JAVA_SHORT, i)));
            case I32 -> whole(type, i -> segment.getAtIndex(ValueLayout.JAVA_INT, i));
            case I64 -> whole(type, i -> segment.getAtIndex(ValueLayout.JAVA_LONG, i));
            case U8, BOOL -> whole(type, i -> segment.get(ValueLayout.JAVA_BYTE, i) & 0xff);
        };
    }

    private static Floating floating(TensorType type, IntToDoubleFunction element) {
        double[] numbers = new double[Math.toIntExact(type.size())];
        Arrays.setAll(numbers, element);
        return new Floating(type, numbers);
    }

    private static Whole whole(TensorType type, IntToLongFunction element) {
        long[] numbers = new long[Math.toIntExact(type.size())];
        Arrays.setAll(numbers, element);
        return new Whole(type, numbers);
    }

    /// Writes the elements to memory in native byte order.
    default void write(MemorySegment segment) {
        IntConsumer element = switch (type().dtype().byteSize()) {
            case 1 -> i -> segment.set(ValueLayout.JAVA_BYTE, i, (byte) bitsAt(i));
            case 2 -> i -> segment.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) bitsAt(i));
            case 4 -> i -> segment.setAtIndex(ValueLayout.JAVA_INT, i, (int) bitsAt(i));
            default -> i -> segment.setAtIndex(ValueLayout.JAVA_LONG, i, bitsAt(i));
        };
        IntStream.range(0, size()).forEach(element);
    }

    /// Elements of type f32, f64 or bf16.
    record Floating(TensorType type, double[] numbers) implements Elements {
        @Override
        public int size() {
            return numbers.length;
        }

        @Override
        public Floating pick(TensorType type, int[] positions) {
            double[] picked = new double[positions.length];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = numbers[positions[i]];
            }
            return new Floating(type, picked);
        }

        @Override
        public void put(int position, Elements from, int fromPosition) {
            numbers[position] = ((Floating) from).numbers[fromPosition];
        }

        @Override
        public Floating copy() {
            return new Floating(type, numbers.clone());
        }

        @Override
        public Floating withType(TensorType other) {
            return new Floating(other, numbers);
        }

        @Override
        public long bitsAt(int position) {
            return Literal.encode(type.dtype(), numbers[position]);
        }
    }

    /// Elements of type i32, i64, u8 (0 to 255) or bool (0 or 1).
    record Whole(TensorType type, long[] numbers) implements Elements {
        @Override
        public int size() {
            return numbers.length;
        }

        @Override
        public Whole pick(TensorType type, int[] positions) {
            long[] picked = new long[positions.length];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = numbers[positions[i]];
            }
            return new Whole(type, picked);
        }

        @Override
        public void put(int position, Elements from, int fromPosition) {
            numbers[position] = ((Whole) from).numbers[fromPosition];
        }

        @Override
        public Whole copy() {
            return new Whole(type, numbers.clone());
        }

        @Override
        public Whole withType(TensorType other) {
            return new Whole(other, numbers);
        }

        @Override
        public long bitsAt(int position) {
            return numbers[position];
        }
    }
}
