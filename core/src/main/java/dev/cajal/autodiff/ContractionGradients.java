package dev.cajal.autodiff;

import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Gradients of products: products of the cotangent with the other operand.
///
/// With [matrices][Op.DotGeneral] `y = a b` the rules read `a' = g b^T` and `b' = a^T g`. Where bf16 operands give an f32 result the other operand is
/// widened, which is exact, and the gradient is rounded once at the end.
final class ContractionGradients {
    private ContractionGradients() {}

    static void dot(Op.DotGeneral dot, Pullback node) {
        Value a = node.operand(0);
        Value b = node.operand(1);
        Value g = node.cotangent();
        int batch = dot.leftBatch().size();
        List<Integer> leftFree = free(a, dot.leftBatch(), dot.leftContracting());
        List<Integer> rightFree = free(b, dot.rightBatch(), dot.rightContracting());
        List<Integer> batchInResult = range(0, batch);
        List<Integer> leftInResult = range(batch, batch + leftFree.size());
        List<Integer> rightInResult = range(batch + leftFree.size(), g.shape().rank());
        node.give(0, () -> {
            // Dimensions of the product: batch, left free, then what was contracted, in b's order.
            Value wide = Ops.convert(b, g.dtype());
            Value product = Ops.dot(
                    new Op.DotGeneral(batchInResult, dot.rightBatch(), rightInResult, rightFree, g.dtype()), g, wide);
            List<Integer> axes = new ArrayList<>(dot.leftBatch());
            axes.addAll(leftFree);
            axes.addAll(partners(dot.rightContracting(), dot.leftContracting()));
            return Ops.convert(Ops.transpose(product, ShapeGradients.inverse(axes)), a.dtype());
        });
        node.give(1, () -> {
            // Dimensions of the product: batch, what was contracted, in a's order, then right free.
            Value wide = Ops.convert(a, g.dtype());
            Value product = Ops.dot(
                    new Op.DotGeneral(dot.leftBatch(), batchInResult, leftFree, leftInResult, g.dtype()), wide, g);
            List<Integer> axes = new ArrayList<>(dot.rightBatch());
            axes.addAll(partners(dot.leftContracting(), dot.rightContracting()));
            axes.addAll(rightFree);
            return Ops.convert(Ops.transpose(product, ShapeGradients.inverse(axes)), b.dtype());
        });
    }

    /// The dimensions of `others` that belong to those of `sorted`, once these are in increasing order.
    private static List<Integer> partners(List<Integer> sorted, List<Integer> others) {
        return range(0, sorted.size()).stream()
                .sorted(Comparator.comparing(sorted::get))
                .map(others::get)
                .toList();
    }

    private static List<Integer> free(Value x, List<Integer> batch, List<Integer> contracting) {
        return Ops.axes(x.shape().rank()).stream()
                .filter(axis -> !batch.contains(axis) && !contracting.contains(axis))
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return Ops.axes(to).subList(from, to);
    }
}
