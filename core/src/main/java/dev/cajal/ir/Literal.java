package dev.cajal.ir;

import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The elements of a [constant][Op.Constant], compared by their bits: `-0` differs from `+0`, and NaN equals itself.
///
/// A literal whose elements are all alike (a splat) stores one of them, whatever its shape. Literals are for small things: large
/// captured arrays become inputs of a graph, not constants in it.
public final class Literal {
    private final TensorType type;
    /// Raw bits of each element in row-major order, or of the only one of a splat.
    private final long[] bits;

    private Literal(TensorType type, long[] bits) {
        this.type = type;
        this.bits = bits;
    }

    /// A number, converted to the type: rounded for floating-point types, wrapped for integers, `!= 0` for truth values.
    public static Literal of(DType dtype, double value) {
        return splat(TensorType.of(dtype), value);
    }

    /// A number in every element.
    public static Literal splat(TensorType type, double value) {
        return new Literal(type, new long[] {encode(type.dtype(), value)});
    }

    /// A whole number in every element, exact for [DType#I64] too.
    public static Literal splat(TensorType type, long value) {
        return new Literal(type, new long[] {encode(type.dtype(), value)});
    }

    /// Numbers in row-major order.
    ///
    /// @throws ShapeException if there are more or fewer values than the type has elements
    public static Literal of(TensorType type, double... values) {
        requireCount(type, values.length);
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = encode(type.dtype(), values[i]);
        }
        return ofBits(type, bits);
    }

    /// Raw bits in row-major order: of a floating-point number its IEEE bits, of an integer its value.
    ///
    /// @throws ShapeException if there are more or fewer values than the type has elements
    public static Literal ofBits(TensorType type, long... bits) {
        requireCount(type, bits.length);
        long first = bits.length == 0 ? 0 : bits[0];
        boolean splat = bits.length > 0 && Arrays.stream(bits).allMatch(b -> b == first);
        return new Literal(type, splat ? new long[] {first} : bits.clone());
    }

    private static void requireCount(TensorType type, int count) {
        if (type.size() != count) {
            throw new ShapeException(
                    "literal.count", "A literal of type %s needs %s values, but got %s.", type, type.size(), count);
        }
    }

    /// Element type and shape.
    public TensorType type() {
        return type;
    }

    /// Whether all elements are alike, bit for bit.
    public boolean isSplat() {
        return bits.length == 1;
    }

    /// The raw bits of an element, by its position in row-major order.
    public long bitsAt(long position) {
        return bits[isSplat() ? 0 : Math.toIntExact(position)];
    }

    /// An element as a number; a truth value is 0 or 1.
    public double doubleAt(long position) {
        return decode(type.dtype(), bitsAt(position));
    }

    /// The same elements in another shape of the same size, or a splat in any shape.
    public Literal withShape(Shape shape) {
        if (!isSplat() && shape.size() != type.size()) {
            throw new ShapeException("literal.reshape", "A literal of type %s cannot take shape %s.", type, shape);
        }
        return new Literal(type.withShape(shape), bits);
    }

    /// Bits of a number of the given type, sign-extended for integers, in the low end of a `long`.
    public static long encode(DType dtype, double value) {
        return switch (dtype) {
            case F32 -> Float.floatToRawIntBits((float) value);
            case F64 -> Double.doubleToRawLongBits(value);
            case BF16 -> bfloat16(value);
            case I32, I64, U8 -> encode(dtype, (long) value);
            case BOOL -> value != 0 ? 1 : 0;
        };
    }

    /// Bits of a whole number of the given type.
    public static long encode(DType dtype, long value) {
        return switch (dtype) {
            // Straight from the whole number: by way of a double it would be rounded twice.
            case F32 -> Float.floatToRawIntBits((float) value);
            case F64 -> Double.doubleToRawLongBits(value);
            case BF16 -> bfloat16(toOdd(value));
            case I32 -> (int) value;
            case I64 -> value;
            case U8 -> value & 0xff;
            case BOOL -> value != 0 ? 1 : 0;
        };
    }

    /// The number that the given bits stand for.
    public static double decode(DType dtype, long bits) {
        return switch (dtype) {
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
            case BF16 -> Float.intBitsToFloat((int) bits << 16);
            case I32, I64, U8, BOOL -> bits;
        };
    }

    /// Rounds to the nearest bfloat16, ties to even, in one step from the double.
    private static long bfloat16(double value) {
        if (Double.isNaN(value)) {
            return (Double.doubleToRawLongBits(value) >>> 48 & 0x8000) | 0x7fc0;
        }
        float nearest = (float) value;
        int bits = Float.floatToRawIntBits(nearest);
        // Rounding twice goes wrong only where the first rounding made a tie: nudge the float back towards the double.
        if ((bits & 0xffff) == 0x8000 && nearest != value) {
            bits += (Math.abs(value) > Math.abs(nearest)) ? 1 : -1;
        }
        return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
    }

    /// A whole number as a double whose last digit says that something was cut off: rounding it to fewer digits gives what rounding the
    /// whole number gives.
    private static double toOdd(long value) {
        double nearest = value;
        if ((long) nearest == value && nearest != 0x1p63) {
            return nearest;
        }
        long bits = Double.doubleToRawLongBits(nearest);
        boolean isBelow = nearest != 0x1p63 && (long) nearest < value;
        boolean towardsZero = value > 0 ? isBelow : !isBelow;
        return Double.longBitsToDouble(towardsZero ? bits | 1 : (bits - 1) | 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Literal literal && type.equals(literal.type) && Arrays.equals(bits, literal.bits);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bits);
    }

    /// `f32[2] {1.0, 2.0}`, at most eight elements.
    @Override
    public String toString() {
        int shown = Math.min(bits.length, 8);
        String elements = IntStream.range(0, shown)
                .mapToObj(i -> type.dtype().isFloating() ? String.valueOf(doubleAt(i)) : String.valueOf(bits[i]))
                .collect(Collectors.joining(", "));
        return type.shape().rank() == 0
                ? elements
                : "{" + elements + (shown < bits.length || (isSplat() && type.size() > 1) ? ", ...}" : "}");
    }
}
