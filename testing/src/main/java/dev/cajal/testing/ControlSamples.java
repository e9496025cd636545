package dev.cajal.testing;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;

/// Samples of sorting, loops, composites and what only marks values.
final class ControlSamples {
    private ControlSamples() {}

    static void addTo(Samples samples) {
        sort(samples);
        loop(samples);
        scan(samples);
        composite(samples);
    }

    private static void sort(Samples samples) {
        SampleData data = samples.data();
        for (boolean descending : new boolean[] {false, true}) {
            for (DType dtype : DType.values()) {
                for (Shape shape : List.of(Shape.of(0), Shape.of(1), Shape.of(67), Shape.of(4, 9), Shape.of(2, 3, 5))) {
                    TensorType type = new TensorType(dtype, shape);
                    for (int axis = 0; axis < shape.rank(); axis++) {
                        Op op = new Op.Sort(axis, descending);
                        HostBuffer keys = dtype == DType.F64 ? data.distinct(type) : data.usual(type);
                        samples.addSmooth("", op, Accuracy.EXACT, keys);
                        // Few keys, so that many are equal: the permutation shows whether it is stable.
                        HostBuffer few = data.fill(type, () -> data.random().nextInt(3));
                        samples.add("stable", op, Accuracy.EXACT, few, data.permutation(type.withDType(DType.I32)));
                    }
                }
                TensorType type = TensorType.of(dtype, 67, 2);
                samples.add("special", new Op.Sort(0, descending), Accuracy.EXACT, data.special(type),
                        data.permutation(type.withDType(DType.I64)));
            }
            samples.addSmooth("by another", new Op.Sort(0, descending), Accuracy.EXACT,
                    data.distinct(TensorType.of(DType.F64, 9)), data.usual(TensorType.of(DType.F64, 9)));
        }
    }

    /// Doubles a matrix until a counter has reached its limit.
    private static void loop(Samples samples) {
        for (int limit : new int[] {0, 1, 5}) {
            for (DType dtype : List.of(DType.F32, DType.F64, DType.I32)) {
                TensorType counter = TensorType.of(DType.I32);
                TensorType matrix = TensorType.of(dtype, 3, 5);
                Graph condition = Graphs.of(
                        List.of(counter, matrix),
                        in -> List.of(Ops.compare(Comparison.LT, in.get(0), Ops.fill(counter, limit))));
                Graph body = Graphs.of(
                        List.of(counter, matrix),
                        in -> List.of(Ops.add(in.get(0), Ops.fill(counter, 1)), Ops.add(in.get(1), in.get(1))));
                samples.add(limit + " trips", new Op.While(condition, body), Accuracy.EXACT,
                        SampleData.of(counter, 0), samples.data().usual(matrix));
            }
        }
    }

    private static void scan(Samples samples) {
        SampleData data = samples.data();
        for (boolean reverse : new boolean[] {false, true}) {
            for (int length : new int[] {0, 1, 4}) {
                for (DType dtype : List.of(DType.F32, DType.F64)) {
                    TensorType row = TensorType.of(dtype, 3);
                    TensorType matrix = TensorType.of(dtype, 3, 3);
                    TensorType xs = TensorType.of(dtype, length, 3);
                    // A recurrent network: h = tanh(h * w + x), y = h * h.
                    Graph recurrent = Graphs.of(List.of(row, row, matrix), in -> {
                        Op.DotGeneral dot = new Op.DotGeneral(List.of(), List.of(), List.of(0), List.of(0), dtype);
                        Value sum = Ops.add(Ops.dot(dot, in.get(0), in.get(2)), in.get(1));
                        Value state = Ops.unary(UnaryKind.TANH, sum);
                        return List.of(state, Ops.multiply(state, state));
                    });
                    String label = length + (reverse ? " trips, reversed" : " trips");
                    samples.addSmooth(label, new Op.Scan(recurrent, 1, 1, length, reverse), new Accuracy.Sum(100),
                            data.between(row, -1, 1), data.between(xs, -1, 1), data.between(matrix, -1, 1));
                    // No carry: a map. No input: a generator. Nothing but constants.
                    Graph map = Graphs.of(List.of(row), in -> List.of(Ops.negate(in.get(0)), Ops.scale(in.get(0), 3)));
                    samples.addSmooth("map, " + label, new Op.Scan(map, 0, 1, length, reverse), Accuracy.EXACT,
                            data.usual(xs));
                    Graph generator = Graphs.of(List.of(row, row), in -> List.of(Ops.add(in.get(0), in.get(1)),
                            in.get(0)));
                    samples.addSmooth("generator, " + label, new Op.Scan(generator, 1, 0, length, reverse),
                            Accuracy.EXACT, data.usual(row), data.usual(row));
                }
            }
        }
    }

    private static void composite(Samples samples) {
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            TensorType type = TensorType.of(dtype, 2, 4);
            Graph decomposition = Graphs.of(List.of(type, type), in -> List.of(
                    Ops.add(in.get(0), in.get(1)), Ops.constant(Literal.of(DType.I32, 7)),
                    Ops.multiply(in.get(0), in.get(1))));
            samples.addSmooth("", new Op.Composite("test.sumAndProduct", 1, decomposition, Optional.empty()),
                    Accuracy.EXACT, samples.data().usual(type), samples.data().usual(type));
        }
    }
}
