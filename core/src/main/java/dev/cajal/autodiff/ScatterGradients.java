package dev.cajal.autodiff;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Gradients of writing at computed positions, where several updates may fall on one element.
final class ScatterGradients {
    private ScatterGradients() {}

    static void scatter(Op.Scatter scatter, Pullback node) {
        switch (scatter.combiner()) {
            case ADD -> {
                node.give(0, node::cotangent);
                node.give(2, () -> readBack(scatter, node, node.cotangent()));
            }
            case REPLACE -> replace(scatter, node);
            case MULTIPLY -> {
                node.give(0, () -> write(scatter, node, node.cotangent(), node.operand(2)));
                node.give(2, () -> multiplyByUpdates(scatter, node));
            }
            case MAXIMUM, MINIMUM -> extreme(scatter, node);
        }
    }

    /// Only the last update of an element counts.
    private static void replace(Op.Scatter scatter, Pullback node) {
        Value updates = node.operand(2);
        node.give(0, () -> write(scatter, node, node.cotangent(), Ops.zeros(updates.type())));
        node.give(2, () -> {
            Value numbers = numbers(updates);
            Value last = write(scatter, node, Ops.zeros(node.result().type().withDType(numbers.dtype())), numbers);
            Value won = Ops.compare(Comparison.EQ, readBack(scatter, node, last), numbers);
            return Ops.select(won, readBack(scatter, node, node.cotangent()), Ops.zeros(updates.type()));
        });
    }

    /// All that are equal to the result share its gradient.
    private static void extreme(Op.Scatter scatter, Pullback node) {
        Value x = node.operand(0);
        Value updates = node.operand(2);
        Value y = node.result();
        DType counting = x.dtype() == DType.BF16 ? DType.F32 : x.dtype();
        Op.Scatter adding = new Op.Scatter(scatter.dimensions(), Op.Scatter.Combiner.ADD);
        Value stayed = Ops.compare(Comparison.EQ, x, y);
        Value won = Ops.compare(Comparison.EQ, updates, readBack(scatter, node, y));
        Value count = write(adding, node, Ops.convert(stayed, counting), Ops.convert(won, counting));
        Value each = Ops.convert(
                Ops.divide(Ops.convert(node.cotangent(), counting), count), x.dtype());
        node.give(0, () -> Ops.select(stayed, each, Ops.zeros(x.type())));
        node.give(2, () -> Ops.select(won, readBack(scatter, node, each), Ops.zeros(updates.type())));
    }

    /// `g * x * (product of the other updates of the same element)`, without division: updates are brought into the order of their elements,
    /// where those of one element are neighbours, and multiplied up from both sides.
    private static Value multiplyByUpdates(Op.Scatter scatter, Pullback node) {
        Value updates = node.operand(2);
        int count = Math.toIntExact(updates.type().size());
        if (count == 0) {
            return Ops.zeros(updates.type());
        }
        Shape flat = Shape.of(count);
        Value targets = Ops.reshape(readBack(scatter, node, numbers(node.operand(0))), flat);
        Value positions = Ops.iota(TensorType.of(DType.I32, count), 0);
        // A stable sort of the targets; the updates move along, which keeps them differentiable.
        List<Value> sorted = Ops.sort(List.of(targets, positions, Ops.reshape(updates, flat)), 0, false);
        Value target = sorted.get(0);
        Value factor = sorted.get(2);
        Value before = productBefore(target, factor);
        Value after = Ops.reverse(
                productBefore(Ops.reverse(target, List.of(0)), Ops.reverse(factor, List.of(0))), List.of(0));
        Value others = Ops.sort(List.of(sorted.get(1), Ops.multiply(before, after)), 0, false).get(1);
        Value outer = readBack(scatter, node, Ops.multiply(node.cotangent(), node.operand(0)));
        return Ops.multiply(outer, Ops.reshape(others, updates.shape()));
    }

    /// For each element the product of those before it that have its target; equal targets are neighbours. By doubling, in a logarithmic
    /// number of steps (Hillis, Steele: Data parallel algorithms, 1986).
    private static Value productBefore(Value target, Value factor) {
        int count = target.shape().dim(0);
        Value product = moved(target, target, factor, 1, 1);
        for (int step = 1; step < count; step *= 2) {
            product = Ops.multiply(product, moved(target, target, product, step, 1));
        }
        return product;
    }

    /// `x` moved `step` places towards the end, with `filler` where nothing comes in, or what comes in has another target.
    private static Value moved(Value target, Value from, Value x, int step, double filler) {
        int count = x.shape().dim(0);
        List<Integer> none = List.of(0);
        List<Integer> low = List.of(step);
        List<Integer> high = List.of(-step);
        Value shifted = Ops.pad(x, Ops.fill(TensorType.of(x.dtype()), filler), low, high, none);
        Value owner = Ops.pad(from, Ops.fill(TensorType.of(from.dtype()), -1), low, high, none);
        return Ops.select(
                Ops.compare(Comparison.EQ, owner, target), shifted,
                Ops.fill(x.type().withShape(Shape.of(count)), filler));
    }

    /// `0, 1, 2, ...` in the shape of a value.
    private static Value numbers(Value like) {
        DType dtype = like.type().size() > Integer.MAX_VALUE ? DType.I64 : DType.I32;
        Value row = Ops.iota(TensorType.of(dtype, Math.toIntExact(like.type().size())), 0);
        return Ops.reshape(row, like.shape());
    }

    private static Value write(Op.Scatter scatter, Pullback node, Value into, Value updates) {
        return Ops.scatter(into, node.operand(1), updates, scatter.dimensions(), scatter.combiner());
    }

    /// What lies where each update was written.
    private static Value readBack(Op.Scatter scatter, Pullback node, Value from) {
        ScatterDimensions d = scatter.dimensions();
        Shape updates = node.operand(2).shape();
        List<Integer> window = d.updateWindow().stream().sorted().map(updates::dim).toList();
        List<Integer> sizes = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < from.shape().rank(); axis++) {
            boolean single = d.inserted().contains(axis) || d.operandBatching().contains(axis);
            sizes.add(single ? 1 : window.get(next++));
        }
        GatherDimensions back = new GatherDimensions(
                d.updateWindow(), d.inserted(), d.operandBatching(), d.indicesBatching(), d.indexMap(),
                d.indexVector());
        return Ops.gather(from, node.operand(1), back, sizes);
    }
}
