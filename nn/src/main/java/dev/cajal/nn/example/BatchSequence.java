package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;

/// Batches one after the other; inputs that have to be read are read ahead. For one thread.
public final class BatchSequence implements AutoCloseable {
    private final RowBatches inputs;
    private final Completion completion;
    private int next;

    /// What belongs to the inputs of a batch.
    @FunctionalInterface
    interface Completion {
        /// @param number of the batch in the sequence, from 0
        Batch complete(Tensor inputs, int number);
    }

    BatchSequence(RowBatches inputs, Completion completion) {
        this.inputs = inputs;
        this.completion = completion;
    }

    /// The next batch. There are as many as the order has; who asks for more has miscounted.
    public Batch next() {
        return completion.complete(inputs.next(), next++);
    }

    /// Ends the reading.
    @Override
    public void close() {
        inputs.close();
    }
}
