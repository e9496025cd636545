package dev.cajal.ir;

import dev.cajal.ir.TypeRules.Operands;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.stream.Stream;

/// Type rules of reductions, over whole dimensions and over windows.
final class WindowTypes {
    private WindowTypes() {}

    static List<TensorType> reduce(Op.Reduce reduce, Operands in) {
        TensorType x = in.only();
        requireReducible(reduce.reducer(), x, in);
        in.requireAxes("dimensions", reduce.dimensions(), x.shape().rank());
        return List.of(x.withShape(x.shape().without(reduce.dimensions())));
    }

    static List<TensorType> reduceWindow(Op.ReduceWindow reduce, Operands in) {
        TensorType x = in.only();
        requireReducible(reduce.reducer(), x, in);
        requireWindow(reduce.window(), in);
        return List.of(x.withShape(slid(reduce.window(), x, in)));
    }

    static List<TensorType> selectAndScatter(Op.SelectAndScatter scatter, Operands in) {
        in.requireCount(2);
        TensorType x = in.get(0);
        in.require(x.dtype() != DType.BOOL, "dtype", "cannot take %s", x);
        in.require(
                scatter.select() == Comparison.GE || scatter.select() == Comparison.LE,
                "select",
                "selects by GE (largest) or LE (smallest), not %s",
                scatter.select());
        requireWindow(scatter.window(), in);
        TensorType source = x.withShape(slid(scatter.window(), x, in));
        in.require(in.get(1).equals(source), "mismatch", "needs one source element per window, %s, but got %s", source,
                in.get(1));
        return List.of(x);
    }

    static void requireWindow(Window window, Operands in) {
        int rank = window.rank();
        in.require(
                Stream.of(window.strides(), window.paddingLow(), window.paddingHigh(), window.baseDilation(),
                        window.windowDilation())
                        .allMatch(list -> list.size() == rank),
                "window",
                "needs one entry per dimension in every part of %s",
                window);
        in.require(
                Stream.of(window.size(), window.strides(), window.baseDilation(), window.windowDilation())
                        .allMatch(list -> list.stream().allMatch(n -> n >= 1)),
                "window",
                "needs sizes, strides and dilations of at least 1, but got %s",
                window);
    }

    private static Shape slid(Window window, TensorType x, Operands in) {
        in.require(
                window.rank() == x.shape().rank(),
                "window",
                "needs a window with the %s dimensions of %s, but got %s",
                x.shape().rank(),
                x,
                window.size());
        int[] dims = new int[window.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = window.positions(i, x.shape().dim(i));
        }
        return Shape.of(dims);
    }

    private static void requireReducible(Reducer reducer, TensorType x, Operands in) {
        boolean fits = switch (reducer) {
            case SUM, PRODUCT -> x.dtype() != DType.BOOL;
            case MAX, MIN -> true;
            case AND, OR -> !x.dtype().isFloating();
        };
        in.require(fits, "dtype", "by %s cannot take %s; convert it first", reducer, x);
    }
}
