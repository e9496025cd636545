package dev.cajal.nn.metric;

/// A [Metric] that is being computed, batch by batch. Changes with each batch; for one thread.
public interface Accumulator {
    /// Takes in one more batch.
    void add(Outcomes outcomes);

    /// The metric over all batches so far.
    ///
    /// @throws MetricException if it is not defined for them, such as for none
    double value();
}
