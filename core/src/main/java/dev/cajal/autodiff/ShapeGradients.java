package dev.cajal.autodiff;

import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Gradients of operations that move elements: elements move back, copies add up.
final class ShapeGradients {
    private ShapeGradients() {}

    static void reshape(Pullback node) {
        node.give(0, () -> Ops.reshape(node.cotangent(), node.operand(0).shape()));
    }

    static void transpose(Op.Transpose transpose, Pullback node) {
        node.give(0, () -> Ops.transpose(node.cotangent(), inverse(transpose.permutation())));
    }

    /// The permutation that undoes another one.
    static List<Integer> inverse(List<Integer> permutation) {
        return Ops.axes(permutation.size()).stream().map(permutation::indexOf).toList();
    }

    static void broadcast(Op.BroadcastInDim broadcast, Pullback node) {
        node.give(0, () -> {
            Shape from = node.operand(0).shape();
            List<Integer> copied = new ArrayList<>(Ops.axes(broadcast.shape().rank()));
            for (int i = 0; i < from.rank(); i++) {
                int target = broadcast.dimensions().get(i);
                if (from.dim(i) == broadcast.shape().dim(target)) {
                    copied.remove((Integer) target);
                }
            }
            return Ops.reshape(Ops.sum(node.cotangent(), copied), from);
        });
    }

    static void slice(Op.Slice slice, Pullback node) {
        node.give(0, () -> {
            Value g = node.cotangent();
            Shape from = node.operand(0).shape();
            List<Integer> high = new ArrayList<>();
            List<Integer> interior = new ArrayList<>();
            for (int i = 0; i < from.rank(); i++) {
                int taken = g.shape().dim(i);
                int stride = slice.strides().get(i);
                // Without an element there are no gaps between elements either.
                int span = taken == 0 ? 0 : (taken - 1) * stride + 1;
                high.add(from.dim(i) - slice.starts().get(i) - span);
                interior.add(stride - 1);
            }
            return Ops.pad(g, zero(g.dtype()), slice.starts(), high, interior);
        });
    }

    static void pad(Op.Pad pad, Pullback node) {
        Value g = node.cotangent();
        node.give(0, () -> {
            Shape from = node.operand(0).shape();
            List<Integer> none = Collections.nCopies(from.rank(), 0);
            List<Integer> strides = pad.interior().stream().map(interior -> interior + 1).toList();
            Value uncut = Ops.pad(g, zero(g.dtype()), negated(pad.low()), negated(pad.high()), none);
            return Ops.slice(uncut, none, uncut.shape().dims(), strides);
        });
        node.give(1, () -> {
            // Summing what fell on the filler itself, not the whole minus the rest: that would cancel.
            Value elements = Ops.fill(node.operand(0).type().withDType(DType.BOOL), 1);
            Value kept = Ops.pad(elements, Ops.fill(TensorType.of(DType.BOOL), 0), pad.low(), pad.high(),
                    pad.interior());
            return Ops.sum(Ops.select(kept, Ops.zeros(g.type()), g), Ops.axes(g.shape().rank()));
        });
    }

    static void concatenate(Op.Concatenate concatenate, Pullback node) {
        Value g = node.cotangent();
        int dimension = concatenate.dimension();
        int start = 0;
        for (int i = 0; i < node.node().inputs().size(); i++) {
            int from = start;
            int to = start + node.operand(i).shape().dim(dimension);
            node.give(i, () -> along(g, dimension, from, to));
            start = to;
        }
    }

    /// Elements `from` to `to` along one dimension.
    static Value along(Value x, int dimension, int from, int to) {
        int rank = x.shape().rank();
        List<Integer> starts = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> limits = new ArrayList<>(x.shape().dims());
        starts.set(dimension, from);
        limits.set(dimension, to);
        return limits.equals(x.shape().dims()) && from == 0
                ? x
                : Ops.slice(x, starts, limits, Collections.nCopies(rank, 1));
    }

    static void reverse(Op.Reverse reverse, Pullback node) {
        node.give(0, () -> Ops.reverse(node.cotangent(), reverse.dimensions()));
    }

    static void barrier(Pullback node) {
        for (int i = 0; i < node.node().inputs().size(); i++) {
            int operand = i;
            if (node.hasCotangent(i)) {
                node.give(i, () -> node.cotangent(operand));
            }
        }
    }

    static Value zero(DType dtype) {
        return Ops.zeros(TensorType.of(dtype));
    }

    private static List<Integer> negated(List<Integer> numbers) {
        return numbers.stream().map(n -> -n).toList();
    }
}
