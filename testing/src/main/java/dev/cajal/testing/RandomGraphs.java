package dev.cajal.testing;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Random graphs of many operations with shared parts, several results and shapes that fit by broadcasting: what fusion, rewrites and memory
/// planning have to get right.
public final class RandomGraphs {
    private static final List<UnaryKind> EXACT_UNARY = List.of(UnaryKind.NEGATE, UnaryKind.ABS, UnaryKind.SIGN,
            UnaryKind.FLOOR, UnaryKind.ROUND);
    private static final List<UnaryKind> SMOOTH_UNARY = List.of(
            UnaryKind.NEGATE, UnaryKind.TANH, UnaryKind.LOGISTIC, UnaryKind.SIN, UnaryKind.COS);
    private static final List<BinaryKind> EXACT_BINARY = List.of(
            BinaryKind.ADD, BinaryKind.SUBTRACT, BinaryKind.MULTIPLY, BinaryKind.MAXIMUM, BinaryKind.MINIMUM);
    private static final List<BinaryKind> SMOOTH_BINARY = List.of(BinaryKind.ADD, BinaryKind.SUBTRACT,
            BinaryKind.MULTIPLY);

    private final SampleData data;
    private final Random random;
    private final DType dtype;
    private final boolean exact;
    private final List<Value> pool = new ArrayList<>();

    private RandomGraphs(long seed, DType dtype, boolean exact) {
        this.data = new SampleData(seed);
        this.random = data.random();
        this.dtype = dtype;
        this.exact = exact;
    }

    /// A graph whose every operation has one right result, so that any two backends give the same bits: arithmetic, comparisons,
    /// selections, maxima, moves; sums of integers only.
    ///
    /// @param operations how many, about
    public static GraphSample exact(long seed, DType dtype, int operations) {
        return new RandomGraphs(seed, dtype, true).sample("exact graph " + seed, operations, Accuracy.EXACT);
    }

    /// A graph of smooth functions, sums and products whose values stay near 1: can be differentiated by all of its f64 arguments.
    ///
    /// @param dtype f32 or f64
    /// @param operations how many, about
    public static GraphSample smooth(long seed, DType dtype, int operations) {
        double difference = dtype == DType.F64 ? 1e-9 : 1e-3;
        return new RandomGraphs(seed, dtype, false)
                .sample("smooth graph " + seed, operations, new Accuracy.Absolute(difference));
    }

    private GraphSample sample(String name, int operations, Accuracy accuracy) {
        List<Value> parameters = new ArrayList<>();
        List<HostBuffer> arguments = new ArrayList<>();
        for (Shape shape : List.of(Shape.of(4, 6), Shape.of(6), Shape.of(4, 1), Shape.of(), Shape.of(6, 4))) {
            TensorType type = new TensorType(dtype, shape);
            parameters.add(Ops.parameter(type, "p" + parameters.size()));
            arguments.add(exact ? data.usual(type) : data.between(type, -1, 1));
        }
        pool.addAll(parameters);
        for (int i = 0; i < operations; i++) {
            Value value = next();
            if (value.shape().size() <= 2000 && value.shape().rank() <= 3) {
                pool.add(value);
            }
        }
        List<Value> results = new ArrayList<>(List.of(pool.getLast()));
        for (int i = random.nextInt(4); i > 0; i--) {
            results.add(pick());
        }
        List<Integer> smooth = exact || dtype != DType.F64 ? List.of() : Ops.axes(arguments.size());
        return new GraphSample(
                name + " of " + dtype, Graph.of(parameters, results), arguments, smooth, accuracy);
    }

    /// Any value, newer ones more often, so that there are long chains.
    private Value pick() {
        int age = Math.min(random.nextInt(pool.size()), random.nextInt(pool.size()));
        return pool.get(pool.size() - 1 - age);
    }

    private Value next() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> unary(pick());
            case 2, 3, 4, 5 -> binary(pick(), pick());
            case 6 -> reduce(pick());
            case 7 -> move(pick());
            case 8 -> exact ? select(pick(), pick()) : dot(pick());
            case 9 -> slice(pick());
            case 10 -> concatenate(pick());
            default -> affine(pick());
        };
    }

    /// With constants, which a backend folds into its kernels.
    private Value affine(Value x) {
        return dtype.isFloating()
                ? Ops.add(Ops.scale(x, 0.5), Ops.fillLike(x, 0.25))
                : Ops.add(Ops.scale(x, 3), Ops.fillLike(x, 2));
    }

    private Value unary(Value x) {
        if (!dtype.isFloating()) {
            return Ops.unary(random.nextBoolean() ? UnaryKind.NEGATE : UnaryKind.ABS, x);
        }
        List<UnaryKind> kinds = exact ? EXACT_UNARY : SMOOTH_UNARY;
        return Ops.unary(kinds.get(random.nextInt(kinds.size())), x);
    }

    private Value binary(Value x, Value y) {
        List<BinaryKind> kinds = exact ? EXACT_BINARY : SMOOTH_BINARY;
        Value[] fitted = fit(x, y);
        Value result = Ops.binary(kinds.get(random.nextInt(kinds.size())), fitted[0], fitted[1]);
        return exact ? result : Ops.scale(result, 0.5);
    }

    private Value select(Value x, Value y) {
        Value[] fitted = fit(x, y);
        Comparison comparison = Comparison.values()[random.nextInt(Comparison.values().length)];
        return Ops.select(Ops.compare(comparison, fitted[0], fitted[1]), fitted[0], Ops.negate(fitted[1]));
    }

    private Value reduce(Value x) {
        return reduce(x, Ops.axes(x.shape().rank()).stream().filter(_ -> random.nextBoolean()).toList());
    }

    private Value reduce(Value x, List<Integer> axes) {
        if (exact && dtype.isFloating()) {
            return Ops.reduce(random.nextBoolean() ? Reducer.MAX : Reducer.MIN, x, axes);
        }
        long terms = axes.stream().mapToLong(x.shape()::dim).reduce(1, (a, b) -> a * b);
        Value sum = Ops.sum(x, axes);
        return exact ? sum : Ops.scale(sum, 1.0 / Math.max(1, terms));
    }

    private Value move(Value x) {
        List<Integer> axes = new ArrayList<>(Ops.axes(x.shape().rank()));
        return switch (random.nextInt(4)) {
            case 0 -> {
                Collections.shuffle(axes, random);
                yield Ops.transpose(x, axes);
            }
            case 1 -> Ops.reshape(x, Shape.of(Math.toIntExact(x.shape().size())));
            case 2 -> Ops.reverse(x, axes);
            default -> Ops.broadcast(x, x.shape().insert(0, 2), Ops.axes(axes.size() + 1).subList(1, axes.size() + 1));
        };
    }

    private Value slice(Value x) {
        List<Integer> starts = new ArrayList<>();
        List<Integer> limits = new ArrayList<>();
        List<Integer> strides = new ArrayList<>();
        for (int length : x.shape().dims()) {
            int start = length == 0 ? 0 : random.nextInt(length);
            starts.add(start);
            limits.add(length == 0 ? 0 : random.nextInt(start + 1, length + 1));
            strides.add(random.nextInt(1, 3));
        }
        return Ops.slice(x, starts, limits, strides);
    }

    private Value concatenate(Value x) {
        return x.shape().rank() == 0 ? x : Ops.concatenate(List.of(x, unary(x)), random.nextInt(x.shape().rank()));
    }

    /// A matrix times its own transpose, so that it always fits, divided by the number of terms.
    private Value dot(Value x) {
        if (x.shape().rank() != 2) {
            return unary(x);
        }
        Op.DotGeneral dot = new Op.DotGeneral(List.of(), List.of(), List.of(1), List.of(1), dtype);
        return Ops.scale(Ops.dot(dot, x, unary(x)), 1.0 / Math.max(1, x.shape().dim(1)));
    }

    /// Two values brought to one shape: aligned at the last dimensions where they broadcast, else cut to a scalar.
    private Value[] fit(Value x, Value y) {
        int rank = Math.max(x.shape().rank(), y.shape().rank());
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            int a = dim(x, rank, i);
            int b = dim(y, rank, i);
            if (a != b && a != 1 && b != 1) {
                return new Value[] {x, Ops.broadcastScalar(reduce(y, Ops.axes(y.shape().rank())), x.shape())};
            }
            dims[i] = a == 1 ? b : a;
        }
        Shape shape = Shape.of(dims);
        return new Value[] {stretch(x, shape), stretch(y, shape)};
    }

    private static int dim(Value x, int rank, int axis) {
        int own = axis - (rank - x.shape().rank());
        return own < 0 ? 1 : x.shape().dim(own);
    }

    private static Value stretch(Value x, Shape shape) {
        int rank = x.shape().rank();
        return Ops.broadcast(
                x, shape, IntStream.range(shape.rank() - rank, shape.rank()).boxed().toList());
    }
}
