package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/// Many rows of one type and shape: the numbers of a data set. They lie in memory, or are read anew whenever they are needed ([#read]).
///
/// Pixels stay bytes until they are in a batch, so that a data set takes no more memory than it needs.
public abstract sealed class Rows permits HeldRows, ReadRows {
    private final DType dtype;
    private final Shape shape;
    private final int count;

    Rows(DType dtype, Shape shape, int count) {
        this.dtype = dtype;
        this.shape = shape;
        this.count = count;
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
        return new HeldRows(DType.I32, Shape.of(length), count, step, part);
    }

    /// Rows of f32. The array is not copied; nobody may change it afterwards.
    ///
    /// @param shape of one row
    public static Rows of(float[] elements, Shape shape) {
        return HeldRows.of(DType.F32, shape, elements.length, MemorySegment.ofArray(elements));
    }

    /// Rows of bytes, such as pixels, u8. The array is not copied; nobody may change it afterwards.
    ///
    /// @param shape of one row
    public static Rows of(byte[] elements, Shape shape) {
        return HeldRows.of(DType.U8, shape, elements.length, MemorySegment.ofArray(elements));
    }

    /// Rows of i32. The array is not copied; nobody may change it afterwards.
    ///
    /// @param shape of one row
    public static Rows of(int[] elements, Shape shape) {
        return HeldRows.of(DType.I32, shape, elements.length, MemorySegment.ofArray(elements));
    }

    /// Rows that are read whenever they are needed, for a data set that is larger than memory: by several threads, some batches ahead of whoever asks
    /// for them one after the other ([#batches]). What comes out does not depend on the number of threads.
    ///
    /// @param shape of one row
    /// @param count how many rows there are
    /// @param reader reads one
    /// @param threads that read at once
    public static Rows read(DType dtype, Shape shape, int count, RowReader reader, int threads) {
        if (threads < 1) {
            throw new CajalException("rows.threads", "Rows need at least one thread that reads them, but got %s.",
                    threads);
        }
        return new ReadRows(dtype, shape, IntStream.range(0, count).toArray(), reader, threads);
    }

    /// The number of rows.
    public final int count() {
        return count;
    }

    /// The type of the elements.
    public final DType dtype() {
        return dtype;
    }

    /// The shape of one row.
    public final Shape shape() {
        return shape;
    }

    /// The number of elements of one row.
    public final int width() {
        return Math.toIntExact(shape.size());
    }

    /// The last dimension of a row's shape; 1 if it has none.
    public final int lastDimension() {
        return shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
    }

    /// The bytes of one row in a batch.
    final long rowBytes() {
        return shape.size() * dtype.byteSize();
    }

    /// An element of a row as a number.
    public abstract double get(int row, int column);

    /// The rows at the given positions as one tensor `[batch, shape...]`. Where there are fewer positions than `batch`, the first one's
    /// row is repeated: what only fills up is to be as harmless as the data.
    public final Tensor batch(int[] positions, int from, int to, int batch) {
        return batch(positions, from, to, batch, lastDimension());
    }

    /// The same, of each row the first elements along its last dimension.
    ///
    /// @param length how many; of rows that are read, all
    public abstract Tensor batch(int[] positions, int from, int to, int batch, int length);

    /// The rows in a given order, batch by batch: what is read can be read before it is asked for.
    ///
    /// @param order positions; nobody may change it before the end
    /// @param from where in the order to begin
    /// @param batch rows of one batch; the last one is filled up as [#batch] says
    public abstract RowBatches batches(int[] order, int from, int batch);

    /// The rows at the given positions.
    public abstract Rows select(int[] positions);
}
