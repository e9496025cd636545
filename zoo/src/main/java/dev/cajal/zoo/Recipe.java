package dev.cajal.zoo;

import java.util.OptionalInt;

/// How a model is trained well.
///
/// @param learningRate for Adam and its relatives
/// @param epochs over a data set of some ten thousand examples; empty if it depends on the examples more than on the model
public record Recipe(double learningRate, OptionalInt epochs) {
    /// What does for most.
    static final Recipe USUAL = new Recipe(1e-3, OptionalInt.empty());
}
