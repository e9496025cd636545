package dev.cajal.nn.metric;

/// A figure of merit over all predictions of an evaluation. Implementations are records, so that they can be written to a file.
///
/// ```java
/// Accumulator accuracy = Accuracy.of().start();
/// for (var batch : batches) {
///     accuracy.add(Outcomes.of(predictions(batch), batch.targets(), batch.weights()));
/// }
/// IO.println(accuracy.value());
/// ```
///
/// The value is that of all examples at once, not a mean over batches: most metrics are no means.
public interface Metric {
    /// The name in histories, tables and files: lower case, words joined by `_`, such as `accuracy` or `top_5_accuracy`.
    String name();

    /// Whether a larger value is better.
    boolean largerIsBetter();

    /// Begins an evaluation.
    Accumulator start();

    /// The value for predictions that are all there.
    default double of(Outcomes outcomes) {
        Accumulator accumulator = start();
        accumulator.add(outcomes);
        return accumulator.value();
    }
}
