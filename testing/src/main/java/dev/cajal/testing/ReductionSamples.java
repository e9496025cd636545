package dev.cajal.testing;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.Window;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Samples of reductions, over whole dimensions and over windows.
final class ReductionSamples {
    private ReductionSamples() {}

    static void addTo(Samples samples) {
        for (Reducer reducer : Reducer.values()) {
            for (DType dtype : DType.values()) {
                if (takes(reducer, dtype)) {
                    reduce(samples, reducer, dtype);
                    windows(samples, reducer, dtype);
                }
            }
        }
        for (DType dtype : DType.values()) {
            if (dtype != DType.BOOL) {
                selectAndScatter(samples, dtype);
            }
        }
    }

    private static boolean takes(Reducer reducer, DType dtype) {
        return switch (reducer) {
            case SUM, PRODUCT -> dtype != DType.BOOL;
            case MAX, MIN -> true;
            case AND, OR -> !dtype.isFloating();
        };
    }

    private static Accuracy accuracy(Reducer reducer, long terms) {
        return switch (reducer) {
            case SUM -> new Accuracy.Sum(Math.max(1, terms));
            // Each of the factors may have been rounded once.
            case PRODUCT -> new Accuracy.Ulps((int) (2 * terms + 1));
            case MAX, MIN, AND, OR -> Accuracy.EXACT;
        };
    }

    private static void reduce(Samples samples, Reducer reducer, DType dtype) {
        for (Shape shape : List.of(
                Shape.of(1), Shape.of(0), Shape.of(7), Shape.of(67), Shape.of(3, 0), Shape.of(0, 3), Shape.of(4, 5),
                Shape.of(33, 65), Shape.of(2, 3, 4), Shape.of(3, 1, 2, 5))) {
            for (List<Integer> axes : subsets(shape.rank())) {
                long terms = axes.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
                HostBuffer x = elements(samples.data(), reducer, new TensorType(dtype, shape), terms);
                samples.addSmooth("along " + axes, new Op.Reduce(reducer, axes), accuracy(reducer, terms), x);
            }
        }
        if (dtype.isFloating() && !(reducer == Reducer.SUM || reducer == Reducer.PRODUCT)) {
            HostBuffer x = samples.data().special(TensorType.of(dtype, 40, 9));
            samples.add("special", new Op.Reduce(reducer, List.of(0)), Accuracy.EXACT, x);
            samples.add("special", new Op.Reduce(reducer, List.of(1)), Accuracy.EXACT, x);
        }
        samples.add("nothing", new Op.Reduce(reducer, List.of()), accuracy(reducer, 1),
                samples.data().usual(TensorType.of(dtype, 3)));
        if (dtype.isFloating() && reducer == Reducer.SUM) {
            // Long enough for blocks: a plain sum in f32 is allowed its error.
            samples.add("long", new Op.Reduce(reducer, List.of(0)), accuracy(reducer, 10_007),
                    samples.data().usual(TensorType.of(dtype, 10_007)));
            samples.add("negative zero", new Op.Reduce(reducer, List.of(0)), accuracy(reducer, 3),
                    SampleData.of(TensorType.of(dtype, 3), -0.0, -0.0, -0.0));
        }
    }

    /// Elements that neither overflow nor make a derivative jump.
    private static HostBuffer elements(SampleData data, Reducer reducer, TensorType type, long terms) {
        return switch (reducer) {
            case SUM -> data.usual(type);
            case PRODUCT ->
                type.dtype().isFloating()
                        ? data.between(type, 1 - 2.0 / (terms + 2), 1 + 2.0 / (terms + 2))
                        : data.usual(type);
            case MAX, MIN -> type.dtype() == DType.F64 ? data.distinct(type) : data.usual(type);
            case AND, OR -> data.usual(type);
        };
    }

    private static List<List<Integer>> subsets(int rank) {
        List<List<Integer>> subsets = new ArrayList<>();
        for (int bits = 1; bits < 1 << rank; bits++) {
            int chosen = bits;
            subsets.add(Ops.axes(rank).stream().filter(axis -> (chosen >> axis & 1) != 0).toList());
        }
        return subsets;
    }

    private static void windows(Samples samples, Reducer reducer, DType dtype) {
        Shape images = Shape.of(2, 6, 7, 3);
        Window pool = Window.of(List.of(1, 2, 2, 1));
        List<Integer> one = List.of(1, 1, 1, 1);
        window(samples, "moving", reducer, dtype, images, pool);
        window(samples, "pool", reducer, dtype, images, pool.withStrides(List.of(1, 2, 2, 1)));
        window(samples, "padded", reducer, dtype, images,
                Window.of(List.of(1, 3, 3, 1)).withStrides(List.of(1, 2, 2, 1))
                        .withPadding(List.of(0, 1, 1, 0), List.of(0, 1, 2, 0)));
        window(samples, "dilated", reducer, dtype, images,
                pool.withDilation(List.of(1, 2, 1, 1), List.of(1, 3, 2, 1)));
        window(samples, "only padding", reducer, dtype, Shape.of(1, 1, 1, 1),
                Window.of(one).withPadding(List.of(0, 2, 0, 0), List.of(0, 1, 0, 0)));
        window(samples, "all of it", reducer, dtype, images, Window.of(List.of(1, 6, 7, 1)));
        window(samples, "too large", reducer, dtype, images, Window.of(List.of(1, 8, 1, 1)));
        window(samples, "cumulative", reducer, dtype, Shape.of(19),
                Window.of(List.of(19)).withPadding(List.of(18), List.of(0)));
        window(samples, "scalar", reducer, dtype, Shape.of(), Window.of(List.of()));
    }

    private static void window(
            Samples samples, String label, Reducer reducer, DType dtype, Shape shape, Window window) {
        long terms = Shape.of(window.size()).size();
        HostBuffer x = elements(samples.data(), reducer, new TensorType(dtype, shape), terms);
        samples.addSmooth(label, new Op.ReduceWindow(reducer, window), accuracy(reducer, terms), x);
    }

    private static void selectAndScatter(Samples samples, DType dtype) {
        for (Comparison select : List.of(Comparison.GE, Comparison.LE)) {
            Window pool = Window.of(List.of(1, 2, 2, 1));
            select(samples, "overlapping", select, dtype, pool);
            select(samples, "pool", select, dtype, pool.withStrides(List.of(1, 2, 2, 1)));
            select(samples, "padded", select, dtype,
                    Window.of(List.of(1, 3, 3, 1)).withStrides(List.of(1, 2, 2, 1))
                            .withPadding(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0)));
            select(samples, "dilated", select, dtype, pool.withDilation(List.of(1, 1, 1, 1), List.of(1, 2, 3, 1)));
            TensorType line = TensorType.of(dtype, 6);
            samples.add("ties", new Op.SelectAndScatter(select, Window.of(List.of(3)).withStrides(List.of(3))),
                    Accuracy.EXACT, SampleData.of(line, 1, 2, 2, 0, 0, 0), SampleData.of(line.withShape(Shape.of(2)),
                            5, 7));
        }
    }

    private static void select(Samples samples, String label, Comparison select, DType dtype, Window window) {
        TensorType type = TensorType.of(dtype, 2, 6, 7, 3);
        int[] dims = new int[4];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = window.positions(i, type.shape().dim(i));
        }
        HostBuffer x = samples.data().distinct(type.withDType(dtype == DType.U8 || dtype == DType.BF16
                ? DType.F64
                : dtype));
        HostBuffer operand = dtype == DType.U8 || dtype == DType.BF16 ? samples.data().usual(type) : x;
        HostBuffer source = samples.data().usual(type.withShape(Shape.of(dims)));
        // The elements only choose: their derivative is zero, away from ties.
        samples.addSmooth(label, new Op.SelectAndScatter(select, window),
                new Accuracy.Sum(Shape.of(window.size()).size()), operand, source);
    }
}
