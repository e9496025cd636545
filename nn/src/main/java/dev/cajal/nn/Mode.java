package dev.cajal.nn;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;
import java.util.Optional;
import java.util.SequencedMap;

/// What a network is applied for. Dropout, batch normalisation and their like behave differently in training.
public sealed interface Mode {
    /// Prediction: nothing is random, and statistics stay.
    record Inference() implements Mode {}

    /// Training: layers may drop units with the key's random numbers, and statistics move.
    ///
    /// @param key a new one for each step
    /// @param weights `[batch]`, 0 for rows that only fill up the batch, if there may be such
    record Training(RandomKey key, Optional<Tensor> weights) implements Mode {}

    /// Measuring: all is as in prediction, but for what the loss is a mean over, such as the codes of a variational autoencoder. That is drawn, as in training, or the measured loss would be another one.
    ///
    /// @param key the same one for the same numbers again
    /// @param weights `[batch]`, 0 for rows that only fill up the batch
    record Measurement(RandomKey key, Tensor weights) implements Mode {}

    /// Prediction of a sequence piece by piece: layers that look back remember what they need of the pieces before, so that nothing is computed twice. The
    /// pieces together give what the whole sequence gives at once.
    ///
    /// All pieces together have at most `capacity` positions: layers remember so many, each in a place of its own, and one more would be written over the last of them. Whoever gives the pieces counts them, as
    /// [dev.cajal.nn.generate.Generator] does, which begins anew when there is no room left. A piece that does not fit is refused where that can be seen ([#requireRoom]): in a compiled function the
    /// position is a placeholder, of which nothing is known.
    ///
    /// @param memory what [Applied#memory] had after the piece before, by path; empty for the first piece
    /// @param position how many positions came before this piece, a scalar i32
    /// @param capacity the most positions that a sequence has
    record Streaming(SequencedMap<String, Tensor> memory, Tensor position, int capacity) implements Mode {
        /// Whether nothing has come before this piece.
        public boolean isFirst() {
            return memory.isEmpty();
        }

        /// Refuses a piece for which there is no room behind those before, unless the position is a placeholder: then only one that is too long for any position. For layers that remember something for each
        /// position.
        ///
        /// @param positions of the piece
        /// @throws ShapeException if it ends behind the capacity
        public void requireRoom(int positions) {
            int before = position.isTraced() ? 0 : (int) position.item();
            if (positions > capacity - before) {
                throw new ShapeException("shape.streaming-capacity",
                        "%sA piece of %s positions does not fit behind the %s before it: the sequence may have %s. Stream with a larger capacity, or begin anew with the last positions.",
                        Origin.current().prefix(), positions, before, capacity);
            }
        }
    }

    /// For prediction.
    static Mode inference() {
        return new Inference();
    }

    /// For training.
    ///
    /// @param key a new one for each step
    static Mode training(RandomKey key) {
        return new Training(key, Optional.empty());
    }

    /// For training on a batch that may not be full.
    ///
    /// @param key a new one for each step
    /// @param weights `[batch]`, 0 for rows that only fill up the batch: they have no share in statistics of the batch
    static Mode training(RandomKey key, Tensor weights) {
        return new Training(key, Optional.of(weights));
    }

    /// For measuring the loss of a batch that may not be full.
    ///
    /// @param key the same one for the same numbers again
    /// @param weights `[batch]`, 0 for rows that only fill up the batch: they have no share in what is added to the loss
    static Mode measurement(RandomKey key, Tensor weights) {
        return new Measurement(key, weights);
    }
}
