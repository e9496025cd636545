package dev.cajal.stablehlo;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.Window;
import dev.cajal.stablehlo.Emitter.Region;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Writes reductions, whose regions follow from the [reducer][Reducer].
final class Reductions {
    private Reductions() {}

    static List<Ref> reduce(Emitter out, Op.Reduce reduce, Ref x, List<TensorType> types) {
        Ref first = identity(out, reduce.reducer(), x.type().dtype());
        return out.emit(
                "reduce",
                List.of(x, first),
                List.of(Notation.array("dimensions", reduce.dimensions())),
                types,
                combine(out, reduce.reducer(), x.type().dtype()));
    }

    static List<Ref> reduceWindow(Emitter out, Op.ReduceWindow reduce, Ref x, List<TensorType> types) {
        Ref first = identity(out, reduce.reducer(), x.type().dtype());
        return out.emit(
                "reduce_window",
                List.of(x, first),
                windowAttributes(reduce.window()),
                types,
                combine(out, reduce.reducer(), x.type().dtype()));
    }

    private static List<String> windowAttributes(Window window) {
        List<String> attributes = new ArrayList<>(Notation.window("window_dimensions", window));
        attributes.add(Notation.array("base_dilations", window.baseDilation()));
        attributes.add(Notation.array("window_dilations", window.windowDilation()));
        return attributes;
    }

    private static Region combine(Emitter out, Reducer reducer, DType dtype) {
        TensorType element = TensorType.of(dtype);
        return new Region(
                List.of(element, element),
                pair -> out.emit(reducer.combiner().stableHlo(), pair, List.of(), List.of(element)));
    }

    private static Ref identity(Emitter out, Reducer reducer, DType dtype) {
        return switch (reducer) {
            case SUM, OR -> out.number(dtype, 0);
            case PRODUCT -> out.number(dtype, 1);
            case AND -> out.constant(whole(dtype, dtype == DType.BOOL ? 1 : -1));
            case MAX -> smallest(out, dtype);
            case MIN -> largest(out, dtype);
        };
    }

    private static Ref smallest(Emitter out, DType dtype) {
        return switch (dtype) {
            case F32, F64, BF16 -> out.number(dtype, Double.NEGATIVE_INFINITY);
            case I32 -> out.constant(whole(dtype, Integer.MIN_VALUE));
            case I64 -> out.constant(whole(dtype, Long.MIN_VALUE));
            case U8, BOOL -> out.constant(whole(dtype, 0));
        };
    }

    private static Ref largest(Emitter out, DType dtype) {
        return switch (dtype) {
            case F32, F64, BF16 -> out.number(dtype, Double.POSITIVE_INFINITY);
            case I32 -> out.constant(whole(dtype, Integer.MAX_VALUE));
            case I64 -> out.constant(whole(dtype, Long.MAX_VALUE));
            case U8 -> out.constant(whole(dtype, 255));
            case BOOL -> out.constant(whole(dtype, 1));
        };
    }

    private static Literal whole(DType dtype, long number) {
        return Literal.splat(TensorType.of(dtype), number);
    }

    /// The window's elements are reduced to the best of them together with its position; then the source is added at these positions. StableHLO's
    /// own `select_and_scatter` knows no holes in windows, and leaves NaN open.
    static List<Ref> selectAndScatter(
            Emitter out, Op.SelectAndScatter scatter, List<Ref> in, List<TensorType> types) {
        TensorType type = types.getFirst();
        TensorType windows = in.get(1).type();
        int size = Math.toIntExact(type.size());
        TensorType flat = type.withShape(Shape.of(size));
        Ref row = out.emit("iota", flat.withDType(DType.I32), List.of(Notation.number("iota_dimension", 0)));
        Ref positions = out.reshape(row, type.shape());
        Ref nobody = out.number(DType.I32, Integer.MAX_VALUE);
        boolean largest = scatter.select() == Comparison.GE;
        Ref worst = largest ? smallest(out, type.dtype()) : largest(out, type.dtype());
        TensorType element = TensorType.of(type.dtype());
        TensorType position = TensorType.of(DType.I32);
        List<Ref> best = out.emit(
                "reduce_window",
                List.of(in.get(0), positions, worst, nobody),
                windowAttributes(scatter.window()),
                List.of(windows, windows.withDType(DType.I32)),
                new Region(
                        List.of(element, position, element, position),
                        pair -> better(out, largest, pair)));
        int count = Math.toIntExact(windows.size());
        Ref chosen = out.reshape(best.get(1), Shape.of(count, 1));
        Ref source = out.reshape(in.get(1), Shape.of(count));
        Ref zeros = out.constant(Literal.splat(flat, 0.0));
        String dimensions = "scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [], "
                + "inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>";
        // A window of nothing but padding has no position: its update falls outside, where StableHLO drops it.
        Ref sums = out.emit(
                "scatter",
                List.of(zeros, chosen, source),
                List.of(dimensions, "indices_are_sorted = false", "unique_indices = false"),
                List.of(flat),
                combine(out, Reducer.SUM, type.dtype())).getFirst();
        return List.of(out.reshape(sums, type.shape()));
    }

    /// Of two elements `a, b` with positions `i, j` the better one: one that is there rather than none, NaN rather than a number, the larger (or
    /// smaller) one, the first one.
    private static List<Ref> better(Emitter out, boolean largest, List<Ref> pair) {
        Ref a = pair.get(0);
        Ref i = pair.get(1);
        Ref b = pair.get(2);
        Ref j = pair.get(3);
        Ref none = out.number(DType.I32, Integer.MAX_VALUE);
        Ref thereA = compare(out, "NE", i, none);
        Ref thereB = compare(out, "NE", j, none);
        Ref nanA = compare(out, "NE", a, a);
        Ref nanB = compare(out, "NE", b, b);
        Ref earlier = compare(out, "LT", i, j);
        Ref beats = and(out, compare(out, largest ? "GT" : "LT", a, b), not(out, nanB));
        Ref same = or(out, compare(out, "EQ", a, b), and(out, nanA, nanB));
        Ref wins = or(out, or(out, beats, and(out, nanA, not(out, nanB))), and(out, same, earlier));
        Ref takeA = or(out, not(out, thereB), and(out, thereA, wins));
        return List.of(
                out.emit("select", a.type(), takeA, a, b), out.emit("select", i.type(), takeA, i, j));
    }

    private static Ref compare(Emitter out, String direction, Ref a, Ref b) {
        DType dtype = a.type().dtype();
        String order = dtype.isFloating() ? "FLOAT" : dtype.isUnsigned() ? "UNSIGNED" : "SIGNED";
        return out.emit("compare", TensorType.of(DType.BOOL), List.of(Notation.comparison(direction, order)), a, b);
    }

    private static Ref and(Emitter out, Ref a, Ref b) {
        return out.emit("and", a.type(), a, b);
    }

    private static Ref or(Emitter out, Ref a, Ref b) {
        return out.emit("or", a.type(), a, b);
    }

    private static Ref not(Emitter out, Ref a) {
        return out.emit("not", a.type(), a);
    }
}
