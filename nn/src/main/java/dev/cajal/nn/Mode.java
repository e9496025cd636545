package dev.cajal.nn;

import dev.cajal.tensor.RandomKey;

/// What a network is applied for. Dropout, batch normalisation and their like behave differently in training.
public sealed interface Mode {
    /// Prediction and evaluation: nothing is random, and statistics stay.
    record Inference() implements Mode {}

    /// Training: layers may drop units with the key's random numbers, and statistics move.
    record Training(RandomKey key) implements Mode {}

    /// For prediction and evaluation.
    static Mode inference() {
        return new Inference();
    }

    /// For training.
    ///
    /// @param key a new one for each step
    static Mode training(RandomKey key) {
        return new Training(key);
    }
}
