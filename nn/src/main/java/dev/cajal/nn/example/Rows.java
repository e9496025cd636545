package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Many rows of one type and shape, on the heap: the numbers of a data set. They lie one behind the other, or as windows that overlap in one long sequence.
///
/// Pixels stay bytes until they are in a batch, so that a data set takes no more memory than it needs.
public final class Rows {
    private final DType dtype;
    private final Shape shape;
    private final int count;
    /// Elements from row to row.
    private final long step;
    private final MemorySegment elements;

    private Rows(DType dtype, Shape shape, int count, MemorySegment elements) {
        if (elements.byteSize() != count * shape.size() * dtype.byteSize()) {
            throw new CajalException(
                    "rows.size",
                    "%s rows of %s%s need %s bytes, but there are %s.",
                    count,
                    dtype,
                    shape,
                    count * shape.size() * dtype.byteSize(),
                    elements.byteSize());
        }
        this(dtype, shape, count, shape.size(), elements);
    }

    private Rows(DType dtype, Shape shape, int count, long step, MemorySegment elements) {
        this.dtype = dtype;
        this.shape = shape;
        this.count = count;
        this.step = step;
        this.elements = elements;
    }

    /// Rows of zeros, for [#set].
    static Rows zeros(DType dtype, Shape shape, int count) {
        return new Rows(dtype, shape, count, array(dtype, count, shape));
    }

    /// Memory for dense rows.
    private static MemorySegment array(DType dtype, int count, Shape shape) {
        int size = Math.toIntExact(count * shape.size());
        return switch (dtype) {
            case F32 -> MemorySegment.ofArray(new float[size]);
            case I32 -> MemorySegment.ofArray(new int[size]);
            case U8 -> MemorySegment.ofArray(new byte[size]);
            case F64, BF16, I64, BOOL -> throw new IllegalArgumentException("rows are f32, i32 or u8, not " + dtype);
        };
    }

    /// Windows in a sequence of i32, each a row. They share the sequence: whoever changes it changes them.
    ///
    /// @param from where the first one begins
    /// @param to where the last one ends at the latest
    /// @param length of a window
    /// @param step from one to the next
    public static Rows windows(int[] sequence, int from, int to, int length, int step) {
        int count = to - from < length ? 0 : (to - from - length) / step + 1;
        MemorySegment part = MemorySegment.ofArray(sequence).asSlice(4L * from, 4L * (to - from));
        return new Rows(DType.I32, Shape.of(length), count, step, part);
    }

    /// Rows of f32. The array is not copied; nobody may change it afterwards.
    ///
    /// @param shape of one row
    public static Rows of(float[] elements, Shape shape) {
        return new Rows(DType.F32, shape, count(elements.length, shape), MemorySegment.ofArray(elements));
    }

    /// Rows of bytes, such as pixels, u8. The array is not copied; nobody may change it afterwards.
    ///
    /// @param shape of one row
    public static Rows of(byte[] elements, Shape shape) {
        return new Rows(DType.U8, shape, count(elements.length, shape), MemorySegment.ofArray(elements));
    }

    /// Rows of i32. The array is not copied; nobody may change it afterwards.
    ///
    /// @param shape of one row
    public static Rows of(int[] elements, Shape shape) {
        return new Rows(DType.I32, shape, count(elements.length, shape), MemorySegment.ofArray(elements));
    }

    private static int count(int elements, Shape shape) {
        return shape.size() == 0 ? 0 : Math.toIntExact(elements / shape.size());
    }

    /// The number of rows.
    public int count() {
        return count;
    }

    /// The type of the elements.
    public DType dtype() {
        return dtype;
    }

    /// The shape of one row.
    public Shape shape() {
        return shape;
    }

    /// The number of elements of one row.
    public int width() {
        return Math.toIntExact(shape.size());
    }

    /// The last dimension of a row's shape; 1 if it has none.
    public int lastDimension() {
        return shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
    }

    /// An element of a row as a number.
    public double get(int row, int column) {
        long at = row * step + column;
        return switch (dtype) {
            case F32 -> elements.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
            case I32 -> elements.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, at);
            case U8 -> elements.get(ValueLayout.JAVA_BYTE, at) & 0xff;
            case F64, BF16, I64, BOOL -> throw new IllegalStateException("rows are f32, i32 or u8");
        };
    }

    /// Gives a row its numbers.
    void set(int row, double[] numbers) {
        for (int i = 0; i < width(); i++) {
            long at = row * step + i;
            switch (dtype) {
                case F32 -> elements.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) numbers[i]);
                case I32 -> elements.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, at, (int) numbers[i]);
                case U8 -> elements.set(ValueLayout.JAVA_BYTE, at, (byte) (int) numbers[i]);
                case F64, BF16, I64, BOOL -> throw new IllegalStateException("rows are f32, i32 or u8");
            }
        }
    }

    /// The rows at the given positions as one tensor `[batch, shape...]`. Where there are fewer positions than `batch`, the first one's
    /// row is repeated: what only fills up is to be as harmless as the data.
    public Tensor batch(int[] positions, int from, int to, int batch) {
        return batch(positions, from, to, batch, lastDimension());
    }

    /// The same, of each row the first elements along its last dimension.
    ///
    /// @param length how many
    public Tensor batch(int[] positions, int from, int to, int batch, int length) {
        int full = lastDimension();
        // Rows that stay whole are copied at once.
        long lines = length == full ? 1 : shape.size() / full;
        long between = (length == full ? shape.size() : full) * dtype.byteSize();
        long bytes = (length == full ? shape.size() : length) * dtype.byteSize();
        MemorySegment target = MemorySegment.ofArray(new byte[Math.toIntExact(batch * lines * bytes)]);
        for (int i = 0; i < batch && from < to; i++) {
            long row = positions[from + i < to ? from + i : from];
            for (long line = 0; line < lines; line++) {
                MemorySegment.copy(elements, row * step * dtype.byteSize() + line * between, target,
                        (i * lines + line) * bytes, bytes);
            }
        }
        Shape cut = length == full ? shape : shape.withDim(shape.rank() - 1, length);
        return Tensor.of(new TensorType(dtype, cut.insert(0, batch)), target);
    }

    /// The rows at the given positions.
    public Rows select(int[] positions) {
        long rowBytes = shape.size() * dtype.byteSize();
        MemorySegment target = array(dtype, positions.length, shape);
        for (int i = 0; i < positions.length; i++) {
            MemorySegment.copy(elements, positions[i] * step * dtype.byteSize(), target, i * rowBytes, rowBytes);
        }
        return new Rows(dtype, shape, positions.length, target);
    }
}
