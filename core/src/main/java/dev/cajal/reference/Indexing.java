package dev.cajal.reference;

import dev.cajal.backend.RunException;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.GraphPrinter;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.reference.Elements.Whole;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Operations that read or write at computed positions.
final class Indexing {
    private Indexing() {}

    static Elements gather(Node node, Op.Gather op, Elements x, Elements indices, TensorType type) {
        GatherDimensions d = op.dimensions();
        Shape operand = x.type().shape();
        Vectors vectors = new Vectors(
                node, (Whole) indices, d.indexVector(), d.startIndexMap(), d.operandBatching(), d.indicesBatching());
        int[] starts = vectors.starts(operand, Shape.of(op.sliceSizes()));
        List<Integer> sliced = Positions.others(operand, concat(d.collapsed(), d.operandBatching()));
        long[] operandStrides = operand.strides();
        Shape slice = Shape.of(sliced.stream().map(op.sliceSizes()::get).toList());
        int[] steps = Positions.of(slice, sliced.stream().mapToLong(axis -> operandStrides[axis]).toArray(), 0);
        // The result's positions, batch by batch and step by step.
        Shape result = type.shape();
        int[] batches = Positions.along(result, Positions.others(result, d.offset()));
        int[] offsets = Positions.along(result, d.offset().stream().sorted().toList());
        int[] positions = new int[Math.toIntExact(type.size())];
        for (int batch = 0; batch < batches.length; batch++) {
            for (int step = 0; step < steps.length; step++) {
                positions[batches[batch] + offsets[step]] = starts[batch] + steps[step];
            }
        }
        return x.pick(type, positions);
    }

    static Elements scatter(Node node, Op.Scatter op, Elements x, Elements indices, Elements updates) {
        ScatterDimensions d = op.dimensions();
        Shape operand = x.type().shape();
        Shape update = updates.type().shape();
        List<Integer> windowed = Positions.others(operand, concat(d.inserted(), d.operandBatching()));
        List<Integer> windowAxes = d.updateWindow().stream().sorted().toList();
        int[] sizes = new int[operand.rank()];
        Arrays.fill(sizes, 1);
        for (int i = 0; i < windowed.size(); i++) {
            sizes[windowed.get(i)] = update.dim(windowAxes.get(i));
        }
        Vectors vectors = new Vectors(
                node, (Whole) indices, d.indexVector(), d.indexMap(), d.operandBatching(), d.indicesBatching());
        int[] starts = vectors.starts(operand, Shape.of(sizes));
        long[] operandStrides = operand.strides();
        Shape window = Shape.of(windowed.stream().map(axis -> sizes[axis]).toList());
        int[] steps = Positions.of(window, windowed.stream().mapToLong(axis -> operandStrides[axis]).toArray(), 0);
        int[] batches = Positions.along(update, Positions.others(update, d.updateWindow()));
        int[] offsets = Positions.along(update, windowAxes);
        int[] targets = new int[updates.size()];
        for (int batch = 0; batch < batches.length; batch++) {
            for (int step = 0; step < steps.length; step++) {
                targets[batches[batch] + offsets[step]] = starts[batch] + steps[step];
            }
        }
        Elements result = x.copy();
        Reductions.Combination combination = switch (op.combiner()) {
            case REPLACE -> (position, from) -> result.put(position, updates, from);
            case ADD -> Reductions.Combination.of(BinaryKind.ADD, result, updates);
            case MULTIPLY -> Reductions.Combination.of(BinaryKind.MULTIPLY, result, updates);
            case MAXIMUM -> Reductions.Combination.of(BinaryKind.MAXIMUM, result, updates);
            case MINIMUM -> Reductions.Combination.of(BinaryKind.MINIMUM, result, updates);
        };
        for (int i = 0; i < targets.length; i++) {
            combination.combine(targets[i], i);
        }
        return Rounding.round(result);
    }

    static Elements dynamicSlice(Elements x, List<Elements> starts, TensorType type) {
        Shape shape = x.type().shape();
        return x.pick(type, Positions.of(type.shape(), shape.strides(), clamped(shape, starts, type.shape())));
    }

    static Elements dynamicUpdateSlice(Elements x, Elements update, List<Elements> starts) {
        Shape shape = x.type().shape();
        Shape slice = update.type().shape();
        Elements result = x.copy();
        Movement.store(update, result, Positions.of(slice, shape.strides(), clamped(shape, starts, slice)));
        return result;
    }

    private static long clamped(Shape shape, List<Elements> starts, Shape slice) {
        long[] strides = shape.strides();
        long position = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            long start = ((Whole) starts.get(axis)).numbers()[0];
            position += strides[axis] * Math.clamp(start, 0, shape.dim(axis) - slice.dim(axis));
        }
        return position;
    }

    private static List<Integer> concat(List<Integer> a, List<Integer> b) {
        List<Integer> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /// The index vectors of a gather or scatter.
    ///
    /// @param node the operation, for messages
    /// @param dimension the dimension of the indices that holds the components of a vector; their rank if each is a scalar
    /// @param map which axis of the operand each component is about
    /// @param operandBatching axes of the operand that run in step with ...
    /// @param indicesBatching ... these of the indices
    private record Vectors(
            Node node,
            Whole indices,
            int dimension,
            List<Integer> map,
            List<Integer> operandBatching,
            List<Integer> indicesBatching) {
        /// Where the slice of each index vector starts in the operand.
        ///
        /// @throws RunException if a slice does not lie inside
        int[] starts(Shape operand, Shape slice) {
            Shape shape = indices.type().shape();
            boolean scalars = dimension == shape.rank();
            List<Integer> batchAxes = Positions.others(shape, scalars ? List.of() : List.of(dimension));
            int[] firsts = Positions.along(shape, batchAxes);
            long step = scalars ? 0 : shape.strides()[dimension];
            long[] operandStrides = operand.strides();
            int[] starts = new int[firsts.length];
            for (int i = 0; i < starts.length; i++) {
                long start = 0;
                for (int component = 0; component < map.size(); component++) {
                    int axis = map.get(component);
                    long index = indices.numbers()[(int) (firsts[i] + component * step)];
                    long limit = operand.dim(axis) - slice.dim(axis) + 1L;
                    if (index < 0 || index >= limit) {
                        throw RunException.index(
                                node.origin(), GraphPrinter.label(node.op()), index, axis, limit);
                    }
                    start += operandStrides[axis] * index;
                }
                for (int k = 0; k < operandBatching.size(); k++) {
                    int axis = indicesBatching.get(k);
                    long index = firsts[i] / shape.strides()[axis] % shape.dim(axis);
                    start += operandStrides[operandBatching.get(k)] * index;
                }
                starts[i] = (int) start;
            }
            return starts;
        }
    }
}
