package dev.cajal.ir;

import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes nodes: one short method for each operation, for whoever writes graphs (gradient rules, rewrites, tensors). Nothing is
/// broadcast or converted implicitly here.
public final class Ops {
    private Ops() {}

    private static Value node(Op op, Value... inputs) {
        return Node.of(op, List.of(inputs)).value();
    }

    /// A new parameter for a [Graph].
    public static Value parameter(TensorType type, String name) {
        return node(new Op.Parameter(type, name));
    }

    /// A number of the given type in every element: a scalar constant, broadcast.
    public static Value fill(TensorType type, double number) {
        Value scalar = node(new Op.Constant(Literal.of(type.dtype(), number)));
        return broadcastScalar(scalar, type.shape());
    }

    /// Zeros.
    public static Value zeros(TensorType type) {
        return fill(type, 0);
    }

    /// A constant of known elements.
    public static Value constant(Literal literal) {
        return node(new Op.Constant(literal));
    }

    /// A constant like another value: the same type, a number in every element.
    public static Value fillLike(Value like, double number) {
        return fill(like.type(), number);
    }

    /// See [Op.Iota].
    public static Value iota(TensorType type, int dimension) {
        return node(new Op.Iota(type, dimension));
    }

    /// See [Op.Unary].
    public static Value unary(UnaryKind kind, Value x) {
        return node(new Op.Unary(kind), x);
    }

    /// See [Op.Binary].
    public static Value binary(BinaryKind kind, Value a, Value b) {
        return node(new Op.Binary(kind), a, b);
    }

    /// `a + b`.
    public static Value add(Value a, Value b) {
        return binary(BinaryKind.ADD, a, b);
    }

    /// `a - b`.
    public static Value subtract(Value a, Value b) {
        return binary(BinaryKind.SUBTRACT, a, b);
    }

    /// `a * b`.
    public static Value multiply(Value a, Value b) {
        return binary(BinaryKind.MULTIPLY, a, b);
    }

    /// `a / b`.
    public static Value divide(Value a, Value b) {
        return binary(BinaryKind.DIVIDE, a, b);
    }

    /// `-x`.
    public static Value negate(Value x) {
        return unary(UnaryKind.NEGATE, x);
    }

    /// `x * number`.
    public static Value scale(Value x, double number) {
        return multiply(x, fillLike(x, number));
    }

    /// See [Op.Compare]; the order is the natural one of the element type.
    public static Value compare(Comparison comparison, Value a, Value b) {
        return node(new Op.Compare(comparison, naturalOrder(a.dtype())), a, b);
    }

    private static Comparison.Order naturalOrder(DType dtype) {
        return switch (dtype) {
            case F32, F64, BF16 -> Comparison.Order.FLOAT;
            case I32, I64 -> Comparison.Order.SIGNED;
            case U8, BOOL -> Comparison.Order.UNSIGNED;
        };
    }

    /// See [Op.Select].
    public static Value select(Value condition, Value a, Value b) {
        return node(new Op.Select(), condition, a, b);
    }

    /// See [Op.Convert]; `x` itself if it has the type already.
    public static Value convert(Value x, DType to) {
        return x.dtype() == to ? x : node(new Op.Convert(to), x);
    }

    /// See [Op.BitcastConvert].
    public static Value bitcast(Value x, DType to) {
        return x.dtype() == to ? x : node(new Op.BitcastConvert(to), x);
    }

    /// See [Op.Reshape]; `x` itself if it has the shape already.
    public static Value reshape(Value x, Shape shape) {
        return x.shape().equals(shape) ? x : node(new Op.Reshape(shape), x);
    }

    /// See [Op.Transpose]; `x` itself if nothing moves.
    public static Value transpose(Value x, List<Integer> permutation) {
        boolean identity = permutation.equals(axes(permutation.size()));
        return identity && permutation.size() == x.shape().rank() ? x : node(new Op.Transpose(permutation), x);
    }

    /// See [Op.BroadcastInDim]; `x` itself if it has the shape already.
    public static Value broadcast(Value x, Shape shape, List<Integer> dimensions) {
        return x.shape().equals(shape) && dimensions.equals(axes(shape.rank()))
                ? x
                : node(new Op.BroadcastInDim(shape, dimensions), x);
    }

    /// A scalar repeated in every element of a shape.
    public static Value broadcastScalar(Value scalar, Shape shape) {
        return broadcast(scalar, shape, List.of());
    }

    /// Puts back dimensions that a reduction took away, by repetition: the inverse of the shape change of `reduce(x, dimensions)`.
    public static Value broadcastAlong(Value reduced, Shape full, List<Integer> dimensions) {
        return broadcast(
                reduced,
                full,
                axes(full.rank()).stream().filter(axis -> !dimensions.contains(axis)).toList());
    }

    /// See [Op.Slice].
    public static Value slice(Value x, List<Integer> starts, List<Integer> limits, List<Integer> strides) {
        return node(new Op.Slice(starts, limits, strides), x);
    }

    /// See [Op.Pad].
    public static Value pad(Value x, Value filler, List<Integer> low, List<Integer> high, List<Integer> interior) {
        return node(new Op.Pad(low, high, interior), x, filler);
    }

    /// See [Op.Concatenate]; the only operand itself if there is one.
    public static Value concatenate(List<Value> operands, int dimension) {
        return operands.size() == 1
                ? operands.getFirst()
                : Node.of(new Op.Concatenate(dimension), operands).value();
    }

    /// See [Op.Reverse].
    public static Value reverse(Value x, List<Integer> dimensions) {
        return dimensions.isEmpty() ? x : node(new Op.Reverse(dimensions), x);
    }

    /// See [Op.DotGeneral].
    public static Value dot(Op.DotGeneral dot, Value a, Value b) {
        return node(dot, a, b);
    }

    /// The matrix product `[m, k] x [k, n] -> [m, n]`.
    public static Value matmul(Value a, Value b) {
        return node(new Op.DotGeneral(List.of(), List.of(), List.of(1), List.of(0), a.dtype()), a, b);
    }

    /// See [Op.Convolution].
    public static Value convolution(Op.Convolution convolution, Value input, Value kernel) {
        return node(convolution, input, kernel);
    }

    /// See [Op.Reduce]; `x` itself if there are no dimensions.
    public static Value reduce(Reducer reducer, Value x, List<Integer> dimensions) {
        return dimensions.isEmpty() ? x : node(new Op.Reduce(reducer, dimensions), x);
    }

    /// The sum along dimensions.
    public static Value sum(Value x, List<Integer> dimensions) {
        return reduce(Reducer.SUM, x, dimensions);
    }

    /// See [Op.ReduceWindow].
    public static Value reduceWindow(Reducer reducer, Value x, Window window) {
        return node(new Op.ReduceWindow(reducer, window), x);
    }

    /// See [Op.SelectAndScatter].
    public static Value selectAndScatter(Comparison select, Value x, Value source, Window window) {
        return node(new Op.SelectAndScatter(select, window), x, source);
    }

    /// See [Op.Gather].
    public static Value gather(Value x, Value indices, GatherDimensions dimensions, List<Integer> sliceSizes) {
        return node(new Op.Gather(dimensions, sliceSizes), x, indices);
    }

    /// See [Op.Scatter].
    public static Value scatter(Value x, Value indices, Value updates, ScatterDimensions dimensions,
            Op.Scatter.Combiner combiner) {
        return node(new Op.Scatter(dimensions, combiner), x, indices, updates);
    }

    /// See [Op.DynamicSlice].
    public static Value dynamicSlice(Value x, List<Value> starts, List<Integer> sizes) {
        return Node.of(new Op.DynamicSlice(sizes), prepend(starts, x)).value();
    }

    /// See [Op.DynamicUpdateSlice].
    public static Value dynamicUpdateSlice(Value x, Value update, List<Value> starts) {
        return Node.of(new Op.DynamicUpdateSlice(), prepend(starts, x, update)).value();
    }

    /// See [Op.Sort].
    public static List<Value> sort(List<Value> operands, int dimension, boolean descending) {
        return Node.of(new Op.Sort(dimension, descending), operands).values();
    }

    /// See [Op.While].
    public static List<Value> loop(Graph condition, Graph body, List<Value> carried) {
        return Node.of(new Op.While(condition, body), carried).values();
    }

    /// See [Op.Scan].
    public static List<Value> scan(Op.Scan scan, List<Value> operands) {
        return Node.of(scan, operands).values();
    }

    /// See [Op.OptimizationBarrier].
    public static List<Value> barrier(List<Value> operands) {
        return operands.isEmpty() ? List.of() : Node.of(new Op.OptimizationBarrier(), operands).values();
    }

    /// See [Op.StopGradient].
    public static Value stopGradient(Value x) {
        return node(new Op.StopGradient(), x);
    }

    /// See [Op.Composite].
    public static List<Value> composite(Op.Composite composite, List<Value> operands) {
        return Node.of(composite, operands).values();
    }

    /// `[0, 1, ..., rank - 1]`.
    public static List<Integer> axes(int rank) {
        return IntStream.range(0, rank).boxed().toList();
    }

    private static List<Value> prepend(List<Value> rest, Value... first) {
        return Stream.concat(Arrays.stream(first), rest.stream()).toList();
    }
}
