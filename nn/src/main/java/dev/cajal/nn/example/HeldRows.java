package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Rows on the heap: one behind the other, or as windows that overlap in one long sequence.
final class HeldRows extends Rows {
    /// Elements from row to row.
    private final long step;
    private final MemorySegment elements;

    HeldRows(DType dtype, Shape shape, int count, long step, MemorySegment elements) {
        super(dtype, shape, count);
        this.step = step;
        this.elements = elements;
    }

    /// Rows one behind the other.
    ///
    /// @throws CajalException if the elements are no whole number of rows
    static HeldRows of(DType dtype, Shape shape, int size, MemorySegment elements) {
        int count = shape.size() == 0 ? 0 : Math.toIntExact(size / shape.size());
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
        return new HeldRows(dtype, shape, count, shape.size(), elements);
    }

    /// Rows of zeros, for [#set].
    static HeldRows zeros(DType dtype, Shape shape, int count) {
        return new HeldRows(dtype, shape, count, shape.size(), array(dtype, count, shape));
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

    @Override
    public double get(int row, int column) {
        return number(dtype(), elements, row * step + column);
    }

    /// An element of a row's memory as a number.
    static double number(DType dtype, MemorySegment elements, long at) {
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
            switch (dtype()) {
                case F32 -> elements.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) numbers[i]);
                case I32 -> elements.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, at, (int) numbers[i]);
                case U8 -> elements.set(ValueLayout.JAVA_BYTE, at, (byte) (int) numbers[i]);
                case F64, BF16, I64, BOOL -> throw new IllegalStateException("rows are f32, i32 or u8");
            }
        }
    }

    @Override
    public Tensor batch(int[] positions, int from, int to, int batch, int length) {
        int full = lastDimension();
        // Rows that stay whole are copied at once.
        long lines = length == full ? 1 : shape().size() / full;
        long between = (length == full ? shape().size() : full) * dtype().byteSize();
        long bytes = (length == full ? shape().size() : length) * dtype().byteSize();
        MemorySegment target = MemorySegment.ofArray(new byte[Math.toIntExact(batch * lines * bytes)]);
        for (int i = 0; i < batch && from < to; i++) {
            long row = positions[from + i < to ? from + i : from];
            for (long line = 0; line < lines; line++) {
                MemorySegment.copy(elements, row * step * dtype().byteSize() + line * between, target,
                        (i * lines + line) * bytes, bytes);
            }
        }
        Shape cut = length == full ? shape() : shape().withDim(shape().rank() - 1, length);
        return Tensor.of(new TensorType(dtype(), cut.insert(0, batch)), target);
    }

    private void copy(long row, MemorySegment target, int to) {
        MemorySegment.copy(elements, row * step * dtype().byteSize(), target, to * rowBytes(), rowBytes());
    }

    @Override
    public RowBatches batches(int[] order, int from, int batch) {
        // What lies in memory needs nobody to read ahead.
        return new StepBatches(from, order.length, batch, (first, last) -> batch(order, first, last, batch));
    }

    @Override
    public Rows select(int[] positions) {
        MemorySegment target = array(dtype(), positions.length, shape());
        for (int i = 0; i < positions.length; i++) {
            copy(positions[i], target, i);
        }
        return new HeldRows(dtype(), shape(), positions.length, shape().size(), target);
    }
}
