package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.OptionalInt;

/// How an input of a person's own type becomes numbers: once per example outside of the graph ([#encode]), and once per batch inside of it
/// ([#prepare]). Part of a saved model, so implementations are records.
///
/// @param <X> the person's type
public interface InputEncoding<X> {
    /// The type that examples are stored in: f32, i32 or u8.
    DType dtype();

    /// The shape of one encoded input.
    Shape shape();

    /// Writes one input as `shape().size()` numbers.
    ///
    /// @param target where to write
    /// @param offset the first element to write
    /// @throws CajalException if the input does not fit
    void encode(X input, double[] target, int offset);

    /// The encoded batch `[batch, shape...]` as the network gets it: f32, scaled, standardised; or tokens, i32.
    Tensor prepare(Tensor batch);

    /// What inputs are filled up with at the end of their last dimension, if they are: then batches are cut to the longest input in them, and [#prepare] and the network get
    /// shorter ones too.
    default OptionalInt filler() {
        return OptionalInt.empty();
    }

    /// Whether the numbers that a network gets lie between 0 and 1, as shares and pixels do. An autoencoder then answers with logits.
    default boolean givesShares() {
        return false;
    }

    /// An input from its numbers, as [#prepare] gives them.
    ///
    /// @throws CajalException if this encoding keeps too little of an input for that
    default X decode(float[] prepared) {
        throw new CajalException("input.decode",
                "Numbers cannot be made inputs again where these are encoded by %s; Model.outputs gives them as they are.",
                getClass().getSimpleName());
    }

    /// A batch of one input, all zeros, as the network gets it: to make parameters for, and to look at shapes.
    default Tensor example() {
        return prepare(Tensor.zeros(dtype(), shape().insert(0, 1)));
    }

    /// This encoding, having looked at the training examples: where it standardises it learns mean and deviation here.
    default InputEncoding<X> learn(Rows training) {
        return this;
    }
}
