package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;

/// Rows in an order, batch by batch; see [Rows#batches]. For one thread.
public interface RowBatches extends AutoCloseable {
    /// The next batch, `[batch, shape...]`. There are as many as the order has; who asks for more has miscounted.
    Tensor next();

    /// Ends the reading.
    @Override
    void close();
}
