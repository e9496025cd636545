package dev.cajal.testing;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.ir.Window;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What operations mean, one element of the result at a time and by nothing but indices: a second opinion on the reference backend. Slow,
/// and made of other stuff: boxed doubles, integers without limit, index lists.
final class Formulas {
    private Formulas() {}

    /// Elements by index.
    record Array(TensorType type, Number[] elements) {
        static Array of(HostBuffer buffer) {
            Number[] elements = new Number[Math.toIntExact(buffer.type().size())];
            DType dtype = buffer.type().dtype();
            for (int i = 0; i < elements.length; i++) {
                long bits = SampleData.bits(buffer, i);
                elements[i] = dtype.isFloating() ? Literal.decode(dtype, bits) : (Number) BigInteger.valueOf(bits);
            }
            return new Array(buffer.type(), elements);
        }

        static Array of(TensorType type, Function<List<Integer>, Number> formula) {
            return new Array(type, indices(type.shape()).stream().map(formula).toArray(Number[]::new));
        }

        Number at(List<Integer> index) {
            return elements[position(index)];
        }

        int position(List<Integer> index) {
            int position = 0;
            for (int i = 0; i < index.size(); i++) {
                if (index.get(i) < 0 || index.get(i) >= type.shape().dim(i)) {
                    throw new IndexOutOfBoundsException(index + " in " + type);
                }
                position = position * type.shape().dim(i) + index.get(i);
            }
            return position;
        }

        /// As a backend would give it: rounded or wrapped.
        HostBuffer toBuffer() {
            HostBuffer buffer = HostBuffer.allocate(type);
            for (int i = 0; i < elements.length; i++) {
                long bits = switch (elements[i]) {
                    case BigInteger whole -> Literal.encode(type.dtype(), whole.longValue());
                    case Number number -> Literal.encode(type.dtype(), number.doubleValue());
                };
                SampleData.setBits(buffer, i, bits);
            }
            return buffer;
        }
    }

    static List<List<Integer>> indices(Shape shape) {
        List<List<Integer>> all = List.of(List.of());
        for (int length : shape.dims()) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> index : all) {
                for (int i = 0; i < length; i++) {
                    List<Integer> next = new ArrayList<>(index);
                    next.add(i);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    static Number add(Number a, Number b) {
        return a instanceof BigInteger x ? x.add((BigInteger) b) : (Number) (a.doubleValue() + b.doubleValue());
    }

    static Number multiply(Number a, Number b) {
        return a instanceof BigInteger x ? x.multiply((BigInteger) b) : (Number) (a.doubleValue() * b.doubleValue());
    }

    private static Number number(DType dtype, long whole) {
        return dtype.isFloating() ? (Number) (double) whole : BigInteger.valueOf(whole);
    }

    private static Number larger(Number a, Number b) {
        return a instanceof BigInteger x ? x.max((BigInteger) b) : (Number) Math.max((double) a, (double) b);
    }

    private static Number smaller(Number a, Number b) {
        return a instanceof BigInteger x ? x.min((BigInteger) b) : (Number) Math.min((double) a, (double) b);
    }

    static Array transpose(Op.Transpose op, Array x, TensorType type) {
        return Array.of(type, index -> {
            Integer[] from = new Integer[index.size()];
            for (int i = 0; i < from.length; i++) {
                from[op.permutation().get(i)] = index.get(i);
            }
            return x.at(List.of(from));
        });
    }

    static Array broadcast(Op.BroadcastInDim op, Array x, TensorType type) {
        return Array.of(type, index -> {
            List<Integer> from = new ArrayList<>();
            for (int i = 0; i < op.dimensions().size(); i++) {
                from.add(x.type().shape().dim(i) == 1 ? 0 : index.get(op.dimensions().get(i)));
            }
            return x.at(from);
        });
    }

    static Array slice(Op.Slice op, Array x, TensorType type) {
        return Array.of(type, index -> x.at(IntStream.range(0, index.size())
                .mapToObj(i -> op.starts().get(i) + index.get(i) * op.strides().get(i))
                .toList()));
    }

    static Array pad(Op.Pad op, Array x, Array filler, TensorType type) {
        return Array.of(type, index -> {
            List<Integer> from = new ArrayList<>();
            for (int i = 0; i < index.size(); i++) {
                int step = op.interior().get(i) + 1;
                int distance = index.get(i) - op.low().get(i);
                if (Math.floorMod(distance, step) != 0
                        || Math.floorDiv(distance, step) < 0
                        || Math.floorDiv(distance, step) >= x.type().shape().dim(i)) {
                    return filler.elements()[0];
                }
                from.add(distance / step);
            }
            return x.at(from);
        });
    }

    static Array concatenate(Op.Concatenate op, List<Array> operands, TensorType type) {
        return Array.of(type, index -> {
            List<Integer> from = new ArrayList<>(index);
            for (Array x : operands) {
                int length = x.type().shape().dim(op.dimension());
                if (from.get(op.dimension()) < length) {
                    return x.at(from);
                }
                from.set(op.dimension(), from.get(op.dimension()) - length);
            }
            throw new IllegalStateException();
        });
    }

    static Array reverse(Op.Reverse op, Array x) {
        return Array.of(x.type(), index -> x.at(IntStream.range(0, index.size())
                .mapToObj(i -> op.dimensions().contains(i) ? x.type().shape().dim(i) - 1 - index.get(i) : index.get(i))
                .toList()));
    }

    static Array dot(Op.DotGeneral op, Array a, Array b, TensorType type) {
        int batches = op.leftBatch().size();
        Shape summed = Shape.of(op.leftContracting().stream().map(a.type().shape()::dim).toList());
        return Array.of(type, index -> {
            Number sum = number(a.type().dtype(), 0);
            for (List<Integer> k : indices(summed)) {
                int next = batches;
                Integer[] left = new Integer[a.type().shape().rank()];
                Integer[] right = new Integer[b.type().shape().rank()];
                for (int i = 0; i < batches; i++) {
                    left[op.leftBatch().get(i)] = index.get(i);
                    right[op.rightBatch().get(i)] = index.get(i);
                }
                for (int i = 0; i < k.size(); i++) {
                    left[op.leftContracting().get(i)] = k.get(i);
                    right[op.rightContracting().get(i)] = k.get(i);
                }
                for (Integer[] side : List.of(left, right)) {
                    for (int i = 0; i < side.length; i++) {
                        if (side[i] == null) {
                            side[i] = index.get(next++);
                        }
                    }
                }
                sum = add(sum, multiply(a.at(List.of(left)), b.at(List.of(right))));
            }
            return sum;
        });
    }

    /// What a window sees: the index of an element, or null for padding and holes.
    private static List<Integer> seen(Window window, List<Integer> dims, List<Integer> place, List<Integer> tap) {
        List<Integer> index = new ArrayList<>();
        for (int i = 0; i < place.size(); i++) {
            int padded = place.get(i) * window.strides().get(i) + tap.get(i) * window.windowDilation().get(i);
            int dilated = padded - window.paddingLow().get(i);
            // The dilated operand is at 0, d, 2d, ...
            boolean found = false;
            for (int k = 0; k < dims.get(i); k++) {
                if (k * window.baseDilation().get(i) == dilated) {
                    index.add(k);
                    found = true;
                }
            }
            if (!found) {
                return null;
            }
        }
        return index;
    }

    static Array convolution(Op.Convolution op, Array input, Array kernel, TensorType type) {
        Window window = op.window();
        List<Integer> dims = input.type().shape().dims();
        int spatial = window.rank();
        int features = type.shape().dim(-1);
        int channels = input.type().shape().dim(-1);
        int images = type.shape().dim(0);
        return Array.of(type, index -> {
            int feature = index.getLast();
            Number sum = number(input.type().dtype(), 0);
            for (List<Integer> tap : indices(Shape.of(window.size()))) {
                List<Integer> place = seen(window, dims.subList(1, spatial + 1), index.subList(1, spatial + 1), tap);
                if (place == null) {
                    continue;
                }
                for (int channel = 0; channel < kernel.type().shape().dim(-2); channel++) {
                    List<Integer> from = new ArrayList<>(place);
                    // Feature group g of the features sees group g of the channels; batch group g those images.
                    from.addFirst(index.getFirst() + images * (feature * op.batchGroups() / features));
                    from.add(channel + feature * op.featureGroups() / features * (channels / op.featureGroups()));
                    List<Integer> weight = new ArrayList<>(tap);
                    weight.addAll(List.of(channel, feature));
                    sum = add(sum, multiply(input.at(from), kernel.at(weight)));
                }
            }
            return sum;
        });
    }

    private static Number identity(Reducer reducer, DType dtype) {
        if (dtype.isFloating()) {
            return switch (reducer) {
                case SUM -> 0.0;
                case PRODUCT -> 1.0;
                case MAX -> Double.NEGATIVE_INFINITY;
                case MIN -> Double.POSITIVE_INFINITY;
                case AND, OR -> throw new IllegalArgumentException();
            };
        }
        int width = dtype == DType.BOOL ? 1 : dtype.byteSize() * 8;
        boolean signed = dtype == DType.I32 || dtype == DType.I64;
        BigInteger one = BigInteger.ONE;
        return switch (reducer) {
            case SUM, OR -> BigInteger.ZERO;
            case PRODUCT -> one;
            case AND -> signed ? one.negate() : one.shiftLeft(width).subtract(one);
            case MAX -> signed ? one.shiftLeft(width - 1).negate() : BigInteger.ZERO;
            case MIN -> one.shiftLeft(signed ? width - 1 : width).subtract(one);
        };
    }

    private static Number combine(Reducer reducer, Number a, Number b) {
        return switch (reducer) {
            case SUM -> add(a, b);
            case PRODUCT -> multiply(a, b);
            case MAX -> larger(a, b);
            case MIN -> smaller(a, b);
            case AND -> ((BigInteger) a).and((BigInteger) b);
            case OR -> ((BigInteger) a).or((BigInteger) b);
        };
    }

    static Array reduce(Op.Reduce op, Array x, TensorType type) {
        return Array.of(type, index -> {
            Number all = identity(op.reducer(), type.dtype());
            for (List<Integer> from : indices(x.type().shape())) {
                List<Integer> kept = IntStream.range(0, from.size())
                        .filter(i -> !op.dimensions().contains(i))
                        .mapToObj(from::get)
                        .toList();
                if (kept.equals(index)) {
                    all = combine(op.reducer(), all, x.at(from));
                }
            }
            return all;
        });
    }

    static Array reduceWindow(Op.ReduceWindow op, Array x, TensorType type) {
        return Array.of(type, index -> {
            Number all = identity(op.reducer(), type.dtype());
            for (List<Integer> tap : indices(Shape.of(op.window().size()))) {
                List<Integer> from = seen(op.window(), x.type().shape().dims(), index, tap);
                if (from != null) {
                    all = combine(op.reducer(), all, x.at(from));
                }
            }
            return all;
        });
    }

    static Array selectAndScatter(Op.SelectAndScatter op, Array x, Array source) {
        Number[] sums = new Number[x.elements().length];
        Arrays.fill(sums, number(x.type().dtype(), 0));
        for (List<Integer> place : indices(source.type().shape())) {
            List<Integer> chosen = null;
            for (List<Integer> tap : indices(Shape.of(op.window().size()))) {
                List<Integer> from = seen(op.window(), x.type().shape().dims(), place, tap);
                if (from != null && chosen == null) {
                    chosen = from;
                } else if (from != null) {
                    Number best = op.select() == Comparison.GE
                            ? larger(x.at(chosen), x.at(from))
                            : smaller(x.at(chosen), x.at(from));
                    boolean kept = best.doubleValue() == x.at(chosen).doubleValue() && best.equals(x.at(chosen));
                    chosen = kept ? chosen : from;
                }
            }
            if (chosen != null) {
                int position = x.position(chosen);
                sums[position] = add(sums[position], source.at(place));
            }
        }
        return new Array(x.type(), sums);
    }

    /// The specification of StableHLO's gather, in its words.
    static Array gather(Op.Gather op, Array operand, Array startIndices, TensorType type) {
        GatherDimensions d = op.dimensions();
        return Array.of(type, resultIndex -> {
            List<Integer> batchIndex = new ArrayList<>();
            List<Integer> offsetIndex = new ArrayList<>();
            for (int i = 0; i < resultIndex.size(); i++) {
                (d.offset().contains(i) ? offsetIndex : batchIndex).add(resultIndex.get(i));
            }
            int[] full = fullStart(operand, startIndices, batchIndex, d.indexVector(), d.startIndexMap(),
                    d.operandBatching(), d.indicesBatching());
            int next = 0;
            for (int i = 0; i < full.length; i++) {
                if (!d.collapsed().contains(i) && !d.operandBatching().contains(i)) {
                    full[i] += offsetIndex.get(next++);
                }
            }
            return operand.at(IntStream.of(full).boxed().toList());
        });
    }

    private static int[] fullStart(
            Array operand,
            Array startIndices,
            List<Integer> batchIndex,
            int indexVector,
            List<Integer> map,
            List<Integer> operandBatching,
            List<Integer> indicesBatching) {
        int[] full = new int[operand.type().shape().rank()];
        for (int component = 0; component < map.size(); component++) {
            List<Integer> at = new ArrayList<>(batchIndex);
            if (indexVector < startIndices.type().shape().rank()) {
                at.add(indexVector, component);
            }
            full[map.get(component)] = startIndices.at(at).intValue();
        }
        for (int i = 0; i < operandBatching.size(); i++) {
            int axis = indicesBatching.get(i);
            full[operandBatching.get(i)] = batchIndex.get(axis < indexVector ? axis : axis - 1);
        }
        return full;
    }

    static Array scatter(Op.Scatter op, Array operand, Array scatterIndices, Array updates) {
        ScatterDimensions d = op.dimensions();
        Number[] result = operand.elements().clone();
        for (List<Integer> updateIndex : indices(updates.type().shape())) {
            List<Integer> scatterIndex = new ArrayList<>();
            List<Integer> windowIndex = new ArrayList<>();
            for (int i = 0; i < updateIndex.size(); i++) {
                (d.updateWindow().contains(i) ? windowIndex : scatterIndex).add(updateIndex.get(i));
            }
            int[] full = fullStart(operand, scatterIndices, scatterIndex, d.indexVector(), d.indexMap(),
                    d.operandBatching(), d.indicesBatching());
            int next = 0;
            for (int i = 0; i < full.length; i++) {
                if (!d.inserted().contains(i) && !d.operandBatching().contains(i)) {
                    full[i] += windowIndex.get(next++);
                }
            }
            int position = operand.position(IntStream.of(full).boxed().toList());
            Number update = updates.at(updateIndex);
            result[position] = switch (op.combiner()) {
                case REPLACE -> update;
                case ADD -> add(result[position], update);
                case MULTIPLY -> multiply(result[position], update);
                case MAXIMUM -> larger(result[position], update);
                case MINIMUM -> smaller(result[position], update);
            };
        }
        return new Array(operand.type(), result);
    }

    private static List<Integer> clamped(Array x, Shape slice, List<Array> starts) {
        return IntStream.range(0, slice.rank())
                .mapToObj(i -> Math.clamp(
                        starts.get(i).elements()[0].longValue(), 0, x.type().shape().dim(i) - slice.dim(i)))
                .toList();
    }

    static Array dynamicSlice(Array x, List<Array> starts, TensorType type) {
        List<Integer> start = clamped(x, type.shape(), starts);
        return Array.of(type, index -> x.at(
                IntStream.range(0, index.size()).mapToObj(i -> start.get(i) + index.get(i)).toList()));
    }

    static Array dynamicUpdateSlice(Array x, Array update, List<Array> starts) {
        List<Integer> start = clamped(x, update.type().shape(), starts);
        return Array.of(x.type(), index -> {
            List<Integer> from = IntStream.range(0, index.size())
                    .mapToObj(i -> index.get(i) - start.get(i))
                    .toList();
            boolean inside = IntStream.range(0, from.size())
                    .allMatch(i -> from.get(i) >= 0 && from.get(i) < update.type().shape().dim(i));
            return inside ? update.at(from) : x.at(index);
        });
    }

    /// Insertion sort of each line, which is stable.
    static List<Array> sort(Op.Sort op, List<Array> operands) {
        List<Array> sorted = operands.stream().map(x -> new Array(x.type(), x.elements().clone())).toList();
        Array keys = sorted.getFirst();
        for (List<Integer> index : indices(keys.type().shape())) {
            List<Integer> at = index;
            while (at.get(op.dimension()) > 0) {
                List<Integer> before = new ArrayList<>(at);
                before.set(op.dimension(), at.get(op.dimension()) - 1);
                int order = compare(keys.at(before), keys.at(at));
                if (op.descending() ? order >= 0 : order <= 0) {
                    break;
                }
                for (Array x : sorted) {
                    Number moved = x.at(at);
                    x.elements()[x.position(at)] = x.at(before);
                    x.elements()[x.position(before)] = moved;
                }
                at = before;
            }
        }
        return sorted;
    }

    /// [Double#compareTo] is the total order.
    private static int compare(Number a, Number b) {
        return a instanceof BigInteger x ? x.compareTo((BigInteger) b) : ((Double) a).compareTo((Double) b);
    }
}
