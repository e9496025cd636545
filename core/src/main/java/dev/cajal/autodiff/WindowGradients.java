package dev.cajal.autodiff;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Gradients of reductions over windows that slide.
final class WindowGradients {
    private WindowGradients() {}

    static void reduceWindow(Op.ReduceWindow reduce, Pullback node) {
        Value x = node.operand(0);
        Value g = node.cotangent();
        Window window = reduce.window();
        switch (reduce.reducer()) {
            case SUM -> node.give(0, () -> Ops.reduceWindow(
                    Reducer.SUM, g, ConvolutionGradients.reversed(window, x.shape().dims(), g.shape().dims())));
            case MAX -> node.give(0, () -> Ops.selectAndScatter(Comparison.GE, x, g, window));
            case MIN -> node.give(0, () -> Ops.selectAndScatter(Comparison.LE, x, g, window));
            case PRODUCT -> node.give(0, () -> {
                Value product = ReductionGradients.productTree(patches(x, 1, window), last(g.shape()));
                return Gradients.within(List.of(x), List.of(product), List.of(g), List.of(x)).getFirst();
            });
            case AND, OR -> {}
        }
    }

    /// The source goes to chosen places; its cotangent comes from there. Which places are chosen does not change smoothly with `x`.
    static void selectAndScatter(Op.SelectAndScatter scatter, Pullback node) {
        node.give(1, () -> {
            Value x = node.operand(0);
            Value g = node.cotangent();
            Window window = scatter.window();
            List<Integer> last = last(node.operand(1).shape());
            Value candidates = patches(x, 0, window);
            Value inside = patches(Ops.fill(x.type().withDType(DType.BOOL), 1), 0, window);
            Value chosen = chosen(scatter.select(), candidates, inside, last);
            return Ops.sum(
                    Ops.select(chosen, patches(g, 0, window), Ops.zeros(candidates.type())), last);
        });
    }

    /// Marks the first largest (or smallest) candidate of each window; NaN counts as larger (or smaller) than all numbers.
    private static Value chosen(Comparison select, Value candidates, Value inside, List<Integer> last) {
        boolean largest = select == Comparison.GE;
        Value worst = Ops.fill(
                candidates.type(), largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        Value best = Ops.reduce(
                largest ? Reducer.MAX : Reducer.MIN, Ops.select(inside, candidates, worst), last);
        Value equal = Ops.compare(Comparison.EQ, candidates, along(best, candidates.shape(), last));
        Value nan = Ops.compare(Comparison.NE, candidates, candidates);
        Value hit = Ops.binary(BinaryKind.AND, inside, Ops.binary(BinaryKind.OR, equal, nan));
        TensorType positions = candidates.type().withDType(DType.I32);
        Value position = Ops.iota(positions, last.getFirst());
        Value none = Ops.fill(positions, candidates.shape().dim(-1));
        Value first = Ops.reduce(Reducer.MIN, Ops.select(hit, position, none), last);
        return Ops.compare(Comparison.EQ, position, along(first, candidates.shape(), last));
    }

    private static Value along(Value reduced, Shape full, List<Integer> dimensions) {
        return Ops.broadcastAlong(reduced, full, dimensions);
    }

    private static List<Integer> last(Shape windows) {
        return List.of(windows.rank());
    }

    /// The elements of each window: `[windows..., elements of a window]`, `filler` where there is padding.
    static Value patches(Value x, double filler, Window window) {
        int rank = window.rank();
        List<Integer> windows = new ArrayList<>();
        List<Integer> holes = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            int length = x.shape().dim(i);
            int count = window.positions(i, length);
            windows.add(count);
            holes.add(window.baseDilation().get(i) - 1);
            // Just as far as the last window reaches.
            int needed = count == 0
                    ? 0
                    : (count - 1) * window.strides().get(i)
                            + (window.size().get(i) - 1) * window.windowDilation().get(i) + 1;
            int dilated = length == 0 ? 0 : (length - 1) * window.baseDilation().get(i) + 1;
            high.add(needed - window.paddingLow().get(i) - dilated);
        }
        int elements = Math.toIntExact(Shape.of(window.size()).size());
        Shape result = Shape.of(windows).insert(rank, elements);
        if (result.size() == 0) {
            return Ops.zeros(x.type().withShape(result));
        }
        Value fill = Ops.fill(TensorType.of(x.dtype()), filler);
        Value taken = Ops.pad(x, fill, window.paddingLow(), high, holes);
        // Dimension by dimension: [..., length, ...] -> [..., windows, elements, ...], the elements then moved to the end.
        for (int i = 0; i < rank; i++) {
            taken = unfold(taken, i, windows.get(i), window.size().get(i), window.strides().get(i),
                    window.windowDilation().get(i));
        }
        return Ops.reshape(taken, result);
    }

    /// Replaces dimension `axis` by the windows along it, and appends the elements of each window as a new last dimension.
    private static Value unfold(Value x, int axis, int windows, int size, int stride, int dilation) {
        TensorType table = TensorType.of(DType.I32, windows, size);
        Value position = Ops.add(
                Ops.multiply(Ops.iota(table, 0), Ops.fill(table, stride)),
                Ops.multiply(Ops.iota(table, 1), Ops.fill(table, dilation)));
        int rank = x.shape().rank();
        List<Integer> offset = new ArrayList<>(Ops.axes(rank));
        offset.remove((Integer) axis);
        GatherDimensions dimensions = new GatherDimensions(offset, List.of(axis), List.of(), List.of(), List.of(axis),
                2);
        return Ops.gather(x, position, dimensions, x.shape().withDim(axis, 1).dims());
    }
}
