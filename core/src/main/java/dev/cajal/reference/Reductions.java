package dev.cajal.reference;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.reference.Elements.Floating;
import dev.cajal.reference.Elements.Whole;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/// Operations that combine many elements to one, in row-major order. Floating-point sums and products are kept in double precision and rounded
/// once at the end.
final class Reductions {
    private Reductions() {}

    static Elements reduce(Op.Reduce op, Elements x, TensorType type) {
        Shape shape = x.type().shape();
        // The row-major order of the reduced axes, however they are listed.
        List<Integer> reduced = op.dimensions().stream().sorted().toList();
        int[] kept = Positions.along(shape, Positions.others(shape, reduced));
        int[] steps = Positions.along(shape, reduced);
        Elements result = identity(op.reducer(), type);
        Combination combination = Combination.of(op.reducer().combiner(), result, x);
        for (int i = 0; i < kept.length; i++) {
            for (int step : steps) {
                combination.combine(i, kept[i] + step);
            }
        }
        return Rounding.round(result);
    }

    static Elements reduceWindow(Op.ReduceWindow op, Elements x, TensorType type) {
        Windows windows = new Windows(op.window(), x.type().shape(), 0);
        Elements result = identity(op.reducer(), type);
        Combination combination = Combination.of(op.reducer().combiner(), result, x);
        for (int place = 0; place < windows.places(); place++) {
            for (int tap = 0; tap < windows.taps(); tap++) {
                int position = windows.position(place, tap);
                if (position >= 0) {
                    combination.combine(place, position);
                }
            }
        }
        return Rounding.round(result);
    }

    static Elements selectAndScatter(Op.SelectAndScatter op, Elements x, Elements source) {
        Windows windows = new Windows(op.window(), x.type().shape(), 0);
        Elements result = Elements.zeros(x.type());
        Combination combination = Combination.of(BinaryKind.ADD, result, source);
        for (int place = 0; place < windows.places(); place++) {
            int chosen = -1;
            for (int tap = 0; tap < windows.taps(); tap++) {
                int position = windows.position(place, tap);
                if (position >= 0 && (chosen < 0 || wins(op.select(), x, position, chosen))) {
                    chosen = position;
                }
            }
            if (chosen >= 0) {
                combination.combine(chosen, place);
            }
        }
        return Rounding.round(result);
    }

    /// Whether a later element is chosen in place of an earlier one: not if they are equal, and NaN is chosen for good.
    private static boolean wins(Comparison select, Elements x, int later, int earlier) {
        boolean largest = select == Comparison.GE;
        return switch (x) {
            case Floating(_, double[] numbers) -> {
                double a = numbers[later];
                double b = numbers[earlier];
                yield !Double.isNaN(b) && (Double.isNaN(a) || (largest ? a > b : a < b));
            }
            case Whole(_, long[] numbers) ->
                largest ? numbers[later] > numbers[earlier] : numbers[later] < numbers[earlier];
        };
    }

    /// Combines single elements of a tensor into those of a result, without rounding.
    interface Combination {
        /// Element `position` of the result becomes itself combined with element `from` of the tensor.
        void combine(int position, int from);

        static Combination of(BinaryKind kind, Elements result, Elements x) {
            return switch (result) {
                case Floating(_, double[] combined) -> {
                    DoubleBinaryOperator function = FloatingMath.binary(kind);
                    double[] numbers = ((Floating) x).numbers();
                    yield (i, from) -> combined[i] = function.applyAsDouble(combined[i], numbers[from]);
                }
                case Whole(TensorType(DType dtype, _), long[] combined) -> {
                    LongBinaryOperator function = WholeMath.binary(kind, dtype);
                    long[] numbers = ((Whole) x).numbers();
                    yield (i, from) -> combined[i] = function.applyAsLong(combined[i], numbers[from]);
                }
            };
        }
    }

    /// What a reduction starts from, in every element.
    private static Elements identity(Reducer reducer, TensorType type) {
        Elements result = Elements.zeros(type);
        switch (result) {
            case Floating(_, double[] numbers) -> Arrays.fill(numbers, switch (reducer) {
                case SUM -> 0;
                case PRODUCT -> 1;
                case MAX -> Double.NEGATIVE_INFINITY;
                case MIN -> Double.POSITIVE_INFINITY;
                case AND, OR -> throw new AssertionError(reducer);
            });
            case Whole(TensorType(DType dtype, _), long[] numbers) -> Arrays.fill(numbers, switch (reducer) {
                case SUM, OR -> 0;
                case PRODUCT -> 1;
                case AND -> Rounding.wrap(dtype, -1);
                case MAX -> smallest(dtype);
                case MIN -> largest(dtype);
            });
        }
        return result;
    }

    private static long smallest(DType dtype) {
        return switch (dtype) {
            case I32 -> Integer.MIN_VALUE;
            case I64 -> Long.MIN_VALUE;
            case U8, BOOL -> 0;
            case F32, F64, BF16 -> throw new AssertionError(dtype);
        };
    }

    private static long largest(DType dtype) {
        return switch (dtype) {
            case I32 -> Integer.MAX_VALUE;
            case I64 -> Long.MAX_VALUE;
            case U8 -> 255;
            case BOOL -> 1;
            case F32, F64, BF16 -> throw new AssertionError(dtype);
        };
    }
}
