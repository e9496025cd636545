package dev.cajal.reference;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.UnaryKind;
import dev.cajal.reference.Elements.Floating;
import dev.cajal.reference.Elements.Whole;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/// Operations on each element by itself.
final class Elementwise {
    private Elementwise() {}

    static Elements unary(UnaryKind kind, Elements x, TensorType type) {
        return switch (x) {
            case Floating(_, double[] numbers) when kind == UnaryKind.IS_FINITE -> {
                long[] result = new long[numbers.length];
                for (int i = 0; i < result.length; i++) {
                    result[i] = Double.isFinite(numbers[i]) ? 1 : 0;
                }
                yield new Whole(type, result);
            }
            case Floating(_, double[] numbers) -> {
                DoubleUnaryOperator function = FloatingMath.unary(kind, type.dtype());
                double[] result = new double[numbers.length];
                for (int i = 0; i < result.length; i++) {
                    result[i] = Rounding.round(type.dtype(), function.applyAsDouble(numbers[i]));
                }
                yield new Floating(type, result);
            }
            case Whole(_, long[] numbers) -> {
                LongUnaryOperator function = WholeMath.unary(kind, type.dtype());
                long[] result = new long[numbers.length];
                for (int i = 0; i < result.length; i++) {
                    result[i] = Rounding.wrap(type.dtype(), function.applyAsLong(numbers[i]));
                }
                yield new Whole(type, result);
            }
        };
    }

    static Elements binary(Op.Binary op, Elements a, Elements b) {
        TensorType type = a.type();
        return switch (a) {
            case Floating(_, double[] left) -> {
                double[] right = ((Floating) b).numbers();
                DoubleBinaryOperator function = FloatingMath.binary(op.kind());
                double[] result = new double[left.length];
                for (int i = 0; i < result.length; i++) {
                    result[i] = Rounding.round(type.dtype(), function.applyAsDouble(left[i], right[i]));
                }
                yield new Floating(type, result);
            }
            case Whole(_, long[] left) -> {
                long[] right = ((Whole) b).numbers();
                LongBinaryOperator function = WholeMath.binary(op.kind(), type.dtype());
                long[] result = new long[left.length];
                for (int i = 0; i < result.length; i++) {
                    result[i] = Rounding.wrap(type.dtype(), function.applyAsLong(left[i], right[i]));
                }
                yield new Whole(type, result);
            }
        };
    }

    static Elements compare(Op.Compare op, Elements a, Elements b, TensorType type) {
        long[] result = new long[a.size()];
        for (int i = 0; i < result.length; i++) {
            boolean holds = switch (op.order()) {
                case FLOAT -> holds(op.comparison(), ((Floating) a).numbers()[i], ((Floating) b).numbers()[i]);
                case TOTAL_ORDER, SIGNED, UNSIGNED -> holds(op.comparison(), key(a, i), key(b, i));
            };
            result[i] = holds ? 1 : 0;
        }
        return new Whole(type, result);
    }

    /// A whole number that is ordered as the elements are: floating-point numbers in total order, with one NaN.
    static long key(Elements x, int position) {
        return switch (x) {
            case Floating(_, double[] numbers) -> {
                long bits = Double.doubleToLongBits(numbers[position]);
                yield bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
            }
            case Whole(_, long[] numbers) -> numbers[position];
        };
    }

    private static boolean holds(Comparison comparison, double a, double b) {
        return switch (comparison) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    private static boolean holds(Comparison comparison, long a, long b) {
        return switch (comparison) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    static Elements select(Elements condition, Elements a, Elements b) {
        Elements result = b.copy();
        long[] chosen = ((Whole) condition).numbers();
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] != 0) {
                result.put(i, a, i);
            }
        }
        return result;
    }

    static Elements convert(Elements x, TensorType type) {
        DType to = type.dtype();
        Elements result = Elements.zeros(type);
        for (int i = 0; i < x.size(); i++) {
            switch (result) {
                case Floating(_, double[] numbers) -> numbers[i] = switch (x) {
                    case Floating(_, double[] from) -> Rounding.round(to, from[i]);
                    // Not by way of a double, which would round twice.
                    case Whole(_, long[] from) -> Literal.decode(to, Literal.encode(to, from[i]));
                };
                case Whole(_, long[] numbers) -> numbers[i] = switch (x) {
                    case Floating(_, double[] from) -> Rounding.truncate(to, from[i]);
                    case Whole(_, long[] from) -> Rounding.wrap(to, from[i]);
                };
            }
        }
        return result;
    }

    static Elements bitcast(Elements x, TensorType type) {
        long[] bits = new long[x.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = x.bitsAt(i);
        }
        return Elements.of(Literal.ofBits(type, bits));
    }

    static Elements iota(Op.Iota op) {
        TensorType type = op.type();
        long[] strides = new long[type.shape().rank()];
        strides[op.dimension()] = 1;
        int[] counts = Positions.of(type.shape(), strides, 0);
        long[] numbers = new long[counts.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = counts[i];
        }
        return convert(new Whole(type.withDType(DType.I64), numbers), type);
    }
}
