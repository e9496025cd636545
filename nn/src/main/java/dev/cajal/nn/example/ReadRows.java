package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Rows that are read whenever they are needed.
final class ReadRows extends Rows {
    /// For each row its position for the reader.
    private final int[] positions;
    private final RowReader reader;
    private final int threads;

    ReadRows(DType dtype, Shape shape, int[] positions, RowReader reader, int threads) {
        super(dtype, shape, positions.length);
        this.positions = positions;
        this.reader = reader;
        this.threads = threads;
    }

    /// Reads one row.
    void read(int row, MemorySegment target) {
        reader.read(positions[row], target);
    }

    @Override
    public double get(int row, int column) {
        MemorySegment target = MemorySegment.ofArray(new byte[Math.toIntExact(rowBytes())]);
        read(row, target);
        return HeldRows.number(dtype(), target, column);
    }

    @Override
    public Tensor batch(int[] order, int from, int to, int batch, int length) {
        if (length != lastDimension()) {
            throw new IllegalArgumentException("rows that are read are not filled up, so not cut either");
        }
        try (RowBatches one = batches(Arrays.copyOfRange(order, from, to), 0, batch)) {
            return one.next();
        }
    }

    @Override
    public RowBatches batches(int[] order, int from, int batch) {
        return new ReadAhead(this, order, from, batch, threads);
    }

    @Override
    public Rows select(int[] rows) {
        return new ReadRows(dtype(), shape(), Arrays.stream(rows).map(row -> positions[row]).toArray(), reader,
                threads);
    }
}
