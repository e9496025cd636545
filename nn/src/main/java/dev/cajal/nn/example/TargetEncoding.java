package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.OptionalInt;

/// How a label of a person's own type becomes what a network is trained for, and how a network's output becomes a label again. Part of a
/// saved model, so implementations are records.
///
/// @param <L> the person's type
public sealed interface TargetEncoding<L>
        permits ClassTargets, NumberTargets, NextTokens, Sentences, Reconstruction {
    /// The number of outputs that a network needs.
    int outputs();

    /// The shape of one encoded target: a scalar class number, a list of numbers, a class number for each position, or the shape of an input.
    Shape shape();

    /// The shape of what a network has to give for one example.
    default Shape outputShape() {
        return Shape.of(outputs());
    }

    /// The rows of the given labels, encoded.
    ///
    /// @throws dev.cajal.type.CajalException if a label is not one of the known classes
    Rows encode(List<L> labels);

    /// What targets are filled up with at the end of their last dimension, if they are. These positions do not count in loss and measures. They are cut together with the inputs, which have to be filled up to the same length.
    default OptionalInt filler() {
        return OptionalInt.empty();
    }

    /// Encoded targets as the loss gets them: standardised, where they are numbers.
    Tensor prepare(Tensor targets);

    /// What a model answers for one example, as a prediction: the probability of each class, or the predicted numbers as [#prepare] gives them.
    Prediction<L> decode(float[] answers);

    /// This encoding, having looked at the training targets: numbers are standardised from then on, for losses that do not care about the unit.
    default TargetEncoding<L> learn(Rows training) {
        return this;
    }
}
