package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;

/// Batches that are made when they are asked for.
final class StepBatches implements RowBatches {
    private final int count;
    private final int size;
    private final Maker maker;
    private int next;

    /// Makes a batch.
    @FunctionalInterface
    interface Maker {
        /// Of the rows in `[from, to)` of an order.
        Tensor make(int from, int to);
    }

    /// @param from where to begin
    /// @param count of all rows
    /// @param size rows of one batch
    StepBatches(int from, int count, int size, Maker maker) {
        this.next = from;
        this.count = count;
        this.size = size;
        this.maker = maker;
    }

    @Override
    public Tensor next() {
        int from = next;
        next = Math.min(count, from + size);
        return maker.make(from, next);
    }

    @Override
    public void close() {}
}
