package dev.cajal.tensor;

import dev.cajal.backend.Backends;
import dev.cajal.backend.Buffer;
import dev.cajal.ir.Node;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// An immutable array of numbers of one type, with any number of dimensions.
///
/// A tensor is a *description* of its elements: operations on it only make a larger description, and the elements are computed, all at
/// once and fused, when somebody reads them ([#toFloats], [#item], [#evaluate]). Inside of a function under
/// `compile` or `grad` a tensor is a placeholder, and reading it is an error.
///
/// Operands of different shapes are broadcast and promoted as in NumPy: shapes are aligned at their last dimensions, those of length 1
/// are repeated; of two element types the wider one wins. Memory is freed by the garbage collector; there is nothing to close.
///
/// ```java
/// var x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
/// var y = x.matmul(x).plus(1).mean();
/// IO.println(y.item()); // 14.5
/// ```
public final class Tensor
        implements ElementwiseMath, Comparisons, Reductions, Shaping, Products, Windowed, Indexing {
    private final Value value;

    private Tensor(Value value) {
        this.value = value;
    }

    /// A tensor for a value of a graph. For code that builds graphs; users have no need of it.
    public static Tensor of(Value value) {
        Eager.limit(value);
        return new Tensor(value);
    }

    /// A single f32 number.
    public static Tensor of(float number) {
        return full(DType.F32, Shape.SCALAR, number);
    }

    /// Numbers of one dimension, f32.
    public static Tensor of(float[] elements) {
        return of(elements, Shape.of(elements.length));
    }

    /// Numbers in row-major order, f32. The array is copied.
    public static Tensor of(float[] elements, Shape shape) {
        return upload(new TensorType(DType.F32, shape), elements.length, MemorySegment.ofArray(elements));
    }

    /// A matrix, f32, from its rows.
    ///
    /// @throws ShapeException if the rows differ in length
    public static Tensor of(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        float[] elements = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new ShapeException(
                        "shape.ragged", "Row %s has %s elements, but row 0 has %s.", i, rows[i].length, columns);
            }
            System.arraycopy(rows[i], 0, elements, i * columns, columns);
        }
        return of(elements, Shape.of(rows.length, columns));
    }

    /// Numbers in row-major order, f64. The array is copied.
    public static Tensor of(double[] elements, Shape shape) {
        return upload(new TensorType(DType.F64, shape), elements.length, MemorySegment.ofArray(elements));
    }

    /// Whole numbers of one dimension, i32.
    public static Tensor of(int[] elements) {
        return of(elements, Shape.of(elements.length));
    }

    /// Whole numbers in row-major order, i32. The array is copied.
    public static Tensor of(int[] elements, Shape shape) {
        return upload(new TensorType(DType.I32, shape), elements.length, MemorySegment.ofArray(elements));
    }

    /// Whole numbers in row-major order, i64. The array is copied.
    public static Tensor of(long[] elements, Shape shape) {
        return upload(new TensorType(DType.I64, shape), elements.length, MemorySegment.ofArray(elements));
    }

    /// Unsigned bytes, such as pixels, in row-major order, u8. The array is copied.
    public static Tensor of(byte[] elements, Shape shape) {
        return upload(new TensorType(DType.U8, shape), elements.length, MemorySegment.ofArray(elements));
    }

    /// Elements of any type in row-major order and native byte order. They are copied.
    public static Tensor of(TensorType type, MemorySegment elements) {
        return upload(type, elements.byteSize() / type.dtype().byteSize(), elements);
    }

    private static Tensor upload(TensorType type, long count, MemorySegment elements) {
        if (count != type.size()) {
            throw new ShapeException(
                    "shape.count", "Shape %s needs %s elements, but got %s.", type.shape(), type.size(), count);
        }
        return of(Backends.current().upload(type, elements));
    }

    /// A tensor of the elements in a buffer.
    public static Tensor of(Buffer buffer) {
        return new Tensor(Node.settled(buffer.type(), buffer).value());
    }

    /// A number in every element.
    public static Tensor full(DType dtype, Shape shape, double number) {
        return new Tensor(Ops.fill(new TensorType(dtype, shape), number));
    }

    /// A number in every element, in the type and shape of another tensor.
    public static Tensor fullLike(Tensor like, double number) {
        return full(like.dtype(), like.shape(), number);
    }

    /// Zeros, f32.
    public static Tensor zeros(int... dims) {
        return zeros(DType.F32, Shape.of(dims));
    }

    /// Zeros.
    public static Tensor zeros(DType dtype, Shape shape) {
        return full(dtype, shape, 0);
    }

    /// Zeros in the type and shape of another tensor.
    public static Tensor zerosLike(Tensor like) {
        return fullLike(like, 0);
    }

    /// Ones, f32.
    public static Tensor ones(int... dims) {
        return full(DType.F32, Shape.of(dims), 1);
    }

    /// `0, 1, ..., count - 1`.
    public static Tensor range(int count, DType dtype) {
        return new Tensor(Ops.iota(TensorType.of(dtype, count), 0));
    }

    /// The identity matrix, f32.
    public static Tensor eye(int size) {
        return range(size, DType.I32).oneHot(size, DType.F32);
    }

    /// One after the other along an axis. All other axes have to agree.
    public static Tensor concatenate(int axis, Tensor... parts) {
        return concatenate(axis, List.of(parts));
    }

    /// One after the other along an axis. All other axes have to agree.
    public static Tensor concatenate(int axis, List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new ShapeException("shape.concatenate", "There is nothing to concatenate.");
        }
        DType dtype = parts.stream().map(Tensor::dtype).reduce(Broadcasting::promote).orElseThrow();
        List<Value> values = parts.stream().map(part -> Ops.convert(part.value, dtype)).toList();
        return of(Ops.concatenate(values, parts.getFirst().shape().axis(axis)));
    }

    /// Tensors of one shape along a new axis.
    public static Tensor stack(int axis, List<Tensor> parts) {
        return concatenate(axis, parts.stream().map(part -> part.expandDims(axis)).toList());
    }

    @Override
    public Tensor self() {
        return this;
    }

    /// The value of the graph that this tensor stands for. For code that builds graphs.
    public Value value() {
        return value;
    }

    /// Element type and shape.
    public TensorType type() {
        return value.type();
    }

    /// The element type.
    public DType dtype() {
        return value.dtype();
    }

    /// The shape.
    public Shape shape() {
        return value.shape();
    }

    /// The length of a dimension; negative positions count from the end.
    public int dim(int position) {
        return shape().dim(position);
    }

    /// The same elements, which pass no gradient back.
    public Tensor stopGradient() {
        return of(Ops.stopGradient(value));
    }

    /// This, or if it has no floating-point type its elements as f32.
    public Tensor asFloating() {
        return dtype().isFloating() ? this : asType(DType.F32);
    }

    /// Whether this is a placeholder inside of a traced function, which has no elements.
    public boolean isTraced() {
        return value.node().trace() != null;
    }

    /// Computes the elements now, unless they are known.
    ///
    /// @return this
    public Tensor evaluate() {
        Eager.force(List.of(this));
        return this;
    }

    /// Computes the elements of several tensors in one go.
    public static void evaluate(List<Tensor> tensors) {
        Eager.force(tensors);
    }

    /// The elements where the backend keeps them, computed if need be.
    public Buffer buffer() {
        return Eager.buffer(this);
    }

    /// Gives the elements away: from now on reading this tensor is an error. For compiled functions, which reuse the memory of donated
    /// arguments.
    public void donate() {
        Eager.donate(this);
    }

    /// The only element as a number; a truth value is 0 or 1.
    ///
    /// @throws ShapeException if there is not exactly one
    public double item() {
        if (shape().size() != 1) {
            throw new ShapeException(
                    "shape.item",
                    "item() reads a tensor of one element, but this one has shape %s. Reduce it first (mean, sum), or use toFloats().",
                    shape());
        }
        return toDoubles()[0];
    }

    /// The elements in row-major order, converted to `float` if need be.
    public float[] toFloats() {
        return Elements.of(buffer()).floats();
    }

    /// The elements in row-major order, converted to `double` if need be.
    public double[] toDoubles() {
        return Elements.of(buffer()).doubles();
    }

    /// The elements in row-major order, converted to `int` if need be: truncated and saturated, or wrapped.
    public int[] toInts() {
        return Elements.of(buffer()).ints();
    }

    /// The elements in row-major order, converted to `long` if need be: truncated and saturated.
    public long[] toLongs() {
        return Elements.of(buffer()).longs();
    }

    /// Whether each element is true (not 0), in row-major order.
    public boolean[] toBooleans() {
        return Elements.of(buffer()).booleans();
    }

    /// Copies the elements out in their own type, row-major order and native byte order.
    public void read(MemorySegment target) {
        buffer().read(target);
    }

    /// The elements if they are known, at most a few in each dimension; never computes anything, since debuggers call it.
    @Override
    public String toString() {
        return TensorPrinter.print(this);
    }

    /// Tensors are equal if they are the same object: whether elements are equal is a question for [#eq].
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /// Whether two tensors have the same type and bits. Computes both.
    public boolean sameBits(Tensor other) {
        return type().equals(other.type()) && Arrays.equals(bits(this), bits(other));
    }

    private static byte[] bits(Tensor tensor) {
        byte[] bytes = new byte[Math.toIntExact(tensor.type().byteSize())];
        tensor.read(MemorySegment.ofArray(bytes));
        return bytes;
    }
}
