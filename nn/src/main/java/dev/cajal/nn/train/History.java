package dev.cajal.nn.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What happened in training, epoch by epoch.
///
/// @param epochs one record for each epoch that was finished
public record History(List<Epoch> epochs) {
    /// No epoch yet.
    public static final History EMPTY = new History(List.of());

    public History {
        epochs = List.copyOf(epochs);
    }

    /// One epoch.
    ///
    /// @param number from 1
    /// @param training means over the epoch's steps: `loss`, and measures such as `accuracy`
    /// @param validation after the epoch, on examples that were not trained on; empty if there are none
    /// @param learningRateFactor that the scheduled learning rate was multiplied by
    /// @param seconds that the epoch took
    public record Epoch(
            int number,
            SequencedMap<String, Double> training,
            SequencedMap<String, Double> validation,
            double learningRateFactor,
            double seconds) {
        public Epoch {
            training = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(training));
            validation = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(validation));
        }

        /// A value to judge by: of the validation where it has one, else of the training.
        public Optional<Double> value(String metric) {
            Double validated = validation.get(metric);
            return Optional.ofNullable(validated != null ? validated : training.get(metric));
        }
    }

    /// This history and one epoch more.
    public History with(Epoch epoch) {
        List<Epoch> more = new ArrayList<>(epochs);
        more.add(epoch);
        return new History(more);
    }

    /// The values of a metric, epoch by epoch; epochs without it are left out.
    public List<Double> values(String metric) {
        return epochs.stream().flatMap(epoch -> epoch.value(metric).stream()).toList();
    }
}
