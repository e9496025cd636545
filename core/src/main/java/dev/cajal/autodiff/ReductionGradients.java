package dev.cajal.autodiff;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Gradients of reductions over whole dimensions.
final class ReductionGradients {
    private ReductionGradients() {}

    static void reduce(Op.Reduce reduce, Pullback node) {
        Value x = node.operand(0);
        Value y = node.result();
        Value g = node.cotangent();
        List<Integer> dimensions = reduce.dimensions();
        switch (reduce.reducer()) {
            case SUM -> node.give(0, () -> Ops.broadcastAlong(g, x.shape(), dimensions));
            case PRODUCT -> node.give(0, () -> Gradients
                    .within(List.of(x), List.of(productTree(x, dimensions)), List.of(g), List.of(x)).getFirst());
            case MAX, MIN -> node.give(0, () -> {
                Value best = Ops.compare(Comparison.EQ, x, Ops.broadcastAlong(y, x.shape(), dimensions));
                Value each = shared(g, best, dimensions);
                return Ops.select(best, Ops.broadcastAlong(each, x.shape(), dimensions), Ops.zeros(x.type()));
            });
            case AND, OR -> {}
        }
    }

    /// `g` divided by how many elements are marked.
    private static Value shared(Value g, Value marked, List<Integer> dimensions) {
        // bf16 cannot count beyond 256.
        DType counting = g.dtype() == DType.BF16 ? DType.F32 : g.dtype();
        Value count = Ops.sum(Ops.convert(marked, counting), dimensions);
        return Ops.convert(Ops.divide(Ops.convert(g, counting), count), g.dtype());
    }

    /// The product along dimensions, as products of halves. Its gradient needs no division, so zeros do no harm, and takes a number of
    /// multiplications that is linear in the number of elements.
    static Value productTree(Value x, List<Integer> dimensions) {
        List<Integer> kept = Ops.axes(x.shape().rank()).stream().filter(axis -> !dimensions.contains(axis)).toList();
        List<Integer> order = new ArrayList<>(kept);
        order.addAll(dimensions);
        Shape result = x.shape().without(dimensions);
        int last = result.rank();
        int count = Math.toIntExact(Shape.of(dimensions.stream().map(x.shape()::dim).toList()).size());
        Value rest = Ops.reshape(Ops.transpose(x, order), result.insert(last, count));
        if (count == 0) {
            return Ops.fill(x.type().withShape(result), 1);
        }
        for (int n = count; n > 1; n = (n + 1) / 2) {
            int half = n / 2;
            Value product = Ops.multiply(
                    ShapeGradients.along(rest, last, 0, half), ShapeGradients.along(rest, last, n - half, n));
            rest = n % 2 == 0
                    ? product
                    : Ops.concatenate(List.of(product, ShapeGradients.along(rest, last, half, half + 1)), last);
        }
        return Ops.reshape(rest, result);
    }
}
