package dev.cajal.testing;

import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Op;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;

/// Samples of operations that read or write at computed positions.
final class IndexSamples {
    private static final List<Integer> NONE = List.of();

    private IndexSamples() {}

    /// A way to index: both a gather and a scatter are made of it.
    ///
    /// @param offset the axes of the result (gather) or updates (scatter) that run through a slice
    /// @param limit indices are below it
    private record Way(
            String label,
            Shape operand,
            Shape indices,
            List<Integer> sliceSizes,
            List<Integer> offset,
            List<Integer> collapsed,
            List<Integer> operandBatching,
            List<Integer> indicesBatching,
            List<Integer> map,
            int indexVector,
            int limit,
            Shape result) {}

    private static final List<Way> WAYS = List.of(
            new Way("rows", Shape.of(7, 5), Shape.of(4, 1), List.of(1, 5), List.of(1), List.of(0), NONE, NONE,
                    List.of(0), 1, 7, Shape.of(4, 5)),
            new Way("rows by scalars", Shape.of(7, 5), Shape.of(2, 3), List.of(1, 5), List.of(2), List.of(0), NONE,
                    NONE, List.of(0), 2, 7, Shape.of(2, 3, 5)),
            new Way("columns", Shape.of(5, 7), Shape.of(4), List.of(5, 1), List.of(0), List.of(1), NONE, NONE,
                    List.of(1), 1, 7, Shape.of(5, 4)),
            new Way("one of each row", Shape.of(4, 6), Shape.of(4, 1), List.of(1, 1), NONE, List.of(1), List.of(0),
                    List.of(0), List.of(1), 1, 6, Shape.of(4)),
            new Way("several of each row", Shape.of(4, 6), Shape.of(4, 3), List.of(1, 1), NONE, List.of(1),
                    List.of(0), List.of(0), List.of(1), 2, 6, Shape.of(4, 3)),
            new Way("points", Shape.of(4, 4, 4), Shape.of(5, 3), List.of(1, 1, 1), NONE, List.of(0, 1, 2), NONE, NONE,
                    List.of(2, 0, 1), 1, 4, Shape.of(5)),
            new Way("windows", Shape.of(6, 6), Shape.of(2, 3), List.of(3, 3), List.of(0, 2), NONE, NONE, NONE,
                    List.of(0, 1), 0, 4, Shape.of(3, 3, 3)),
            new Way("batch dimensions swapped", Shape.of(3, 5, 2), Shape.of(2, 4, 3), List.of(1, 1, 1), NONE,
                    List.of(1), List.of(0, 2), List.of(2, 0), List.of(1), 3, 5, Shape.of(2, 4, 3)),
            new Way("one slice", Shape.of(6, 3), Shape.of(1), List.of(2, 3), List.of(0, 1), NONE, NONE, NONE,
                    List.of(0), 0, 5, Shape.of(2, 3)),
            new Way("no index", Shape.of(6, 3), Shape.of(0, 1), List.of(1, 3), List.of(1), List.of(0), NONE, NONE,
                    List.of(0), 1, 6, Shape.of(0, 3)),
            new Way("empty slices", Shape.of(6, 3), Shape.of(2, 1), List.of(1, 0), List.of(1), List.of(0), NONE, NONE,
                    List.of(0), 1, 6, Shape.of(2, 0)),
            new Way("scalar from a line", Shape.of(9), Shape.of(), List.of(1), NONE, List.of(0), NONE, NONE,
                    List.of(0), 0, 9, Shape.of()));

    static void addTo(Samples samples) {
        for (DType dtype : DType.values()) {
            for (Way way : WAYS) {
                for (DType index : List.of(DType.I32, DType.I64)) {
                    gather(samples, way, dtype, index);
                    scatter(samples, way, dtype, index);
                }
            }
            dynamic(samples, dtype);
        }
    }

    private static void gather(Samples samples, Way way, DType dtype, DType index) {
        GatherDimensions dimensions = new GatherDimensions(
                way.offset(), way.collapsed(), way.operandBatching(), way.indicesBatching(), way.map(),
                way.indexVector());
        samples.addSmooth(way.label(), new Op.Gather(dimensions, way.sliceSizes()), Accuracy.EXACT,
                samples.data().usual(new TensorType(dtype, way.operand())), indices(samples, way, index));
    }

    private static HostBuffer indices(Samples samples, Way way, DType index) {
        return samples.data().indices(new TensorType(index, way.indices()), way.limit());
    }

    private static void scatter(Samples samples, Way way, DType dtype, DType index) {
        ScatterDimensions dimensions = new ScatterDimensions(
                way.offset(), way.collapsed(), way.operandBatching(), way.indicesBatching(), way.map(),
                way.indexVector());
        for (Op.Scatter.Combiner combiner : Op.Scatter.Combiner.values()) {
            boolean computes = combiner == Op.Scatter.Combiner.ADD || combiner == Op.Scatter.Combiner.MULTIPLY;
            if (dtype == DType.BOOL && computes) {
                continue;
            }
            SampleData data = samples.data();
            HostBuffer x = elements(data, combiner, new TensorType(dtype, way.operand()), 0);
            HostBuffer updates = elements(data, combiner, new TensorType(dtype, way.result()), 0.025);
            long terms = way.result().size() + 1;
            Accuracy accuracy = switch (combiner) {
                case ADD -> new Accuracy.Sum(terms);
                case MULTIPLY -> new Accuracy.Ulps((int) (2 * terms + 1));
                case REPLACE, MAXIMUM, MINIMUM -> Accuracy.EXACT;
            };
            samples.addSmooth(way.label() + " by " + combiner, new Op.Scatter(dimensions, combiner), accuracy, x,
                    indices(samples, way, index), updates);
        }
    }

    /// Elements that have a derivative: for extremes no two alike, neither here nor between operand and updates.
    private static HostBuffer elements(
            SampleData data, Op.Scatter.Combiner combiner, TensorType type, double shift) {
        return switch (combiner) {
            case REPLACE, ADD -> data.usual(type);
            case MULTIPLY -> type.dtype().isFloating() ? data.between(type, 0.8, 1.2) : data.usual(type);
            case MAXIMUM, MINIMUM -> {
                if (type.dtype() != DType.F64) {
                    yield data.usual(type);
                }
                double[] numbers = SampleData.toDoubles(data.distinct(type));
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] += shift;
                }
                yield SampleData.of(type, numbers);
            }
        };
    }

    private static void dynamic(Samples samples, DType dtype) {
        SampleData data = samples.data();
        TensorType start = TensorType.of(DType.I32);
        for (double[] starts : new double[][] {{1, 2}, {0, 0}, {-3, 100}, {Integer.MIN_VALUE, Integer.MAX_VALUE}}) {
            HostBuffer row = SampleData.of(start, starts[0]);
            HostBuffer column = SampleData.of(start, starts[1]);
            for (Shape slice : List.of(Shape.of(2, 3), Shape.of(5, 7), Shape.of(1, 1), Shape.of(0, 4))) {
                TensorType type = TensorType.of(dtype, 5, 7);
                samples.addSmooth("size " + slice, new Op.DynamicSlice(slice.dims()), Accuracy.EXACT,
                        data.usual(type), row, column);
                samples.addSmooth("", new Op.DynamicUpdateSlice(), Accuracy.EXACT, data.usual(type),
                        data.usual(type.withShape(slice)), row, column);
            }
        }
        samples.addSmooth("scalar", new Op.DynamicSlice(List.of()), Accuracy.EXACT, data.usual(TensorType.of(dtype)));
        samples.addSmooth("scalar", new Op.DynamicUpdateSlice(), Accuracy.EXACT, data.usual(TensorType.of(dtype)),
                data.usual(TensorType.of(dtype)));
    }
}
