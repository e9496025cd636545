package dev.cajal.zoo;

import java.util.Optional;
import java.util.OptionalInt;

/// How a model is trained well.
///
/// @param optimizer its name, such as `adamw`; empty for what is usual with such data
/// @param learningRate for Adam and its relatives
/// @param epochs over a data set of some ten thousand examples; empty if it depends on the examples more than on the model
public record Recipe(Optional<String> optimizer, double learningRate, OptionalInt epochs) {
    /// What does for most.
    static final Recipe USUAL = of(1e-3);

    /// A recipe with the usual optimizer, and as many epochs as the examples need.
    static Recipe of(double learningRate) {
        return new Recipe(Optional.empty(), learningRate, OptionalInt.empty());
    }

    /// The same for so many epochs.
    Recipe withEpochs(int count) {
        return new Recipe(optimizer, learningRate, OptionalInt.of(count));
    }

    /// The same with another optimizer.
    Recipe withOptimizer(String name) {
        return new Recipe(Optional.of(name), learningRate, epochs);
    }
}
