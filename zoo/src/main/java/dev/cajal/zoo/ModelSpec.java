package dev.cajal.zoo;

import dev.cajal.nn.Activation;
import dev.cajal.nn.activation.Activations;
import dev.cajal.type.Shape;
import java.util.List;

/// What a model of the zoo is made for, and what may be chosen about it.
///
/// @param input the shape of one example
/// @param isText whether the example is a sequence of tokens and an output is wanted for each position
/// @param outputs classes, predicted quantities, or tokens
/// @param layers units of the hidden layers; empty for the model's own
/// @param activation between layers
/// @param dropout share of hidden units that each training step leaves out; 0 for none
public record ModelSpec(
        Shape input, boolean isText, int outputs, List<Integer> layers, Activation activation, double dropout) {
    public ModelSpec {
        layers = List.copyOf(layers);
    }

    /// The model's own layers, with ReLU and no dropout.
    public static ModelSpec of(Shape input, int outputs) {
        return new ModelSpec(input, false, outputs, List.of(), Activations.RELU, 0);
    }

    /// For texts, with the model's own layers and no dropout.
    ///
    /// @param length tokens that the model sees at a time
    /// @param tokens how many different ones there are
    public static ModelSpec ofText(int length, int tokens) {
        return new ModelSpec(Shape.of(length), true, tokens, List.of(), Activations.RELU, 0);
    }

    /// Tokens that a model for texts sees at a time.
    int length() {
        return input.dim(0);
    }

    /// The same with other hidden layers.
    public ModelSpec withLayers(List<Integer> units) {
        return new ModelSpec(input, isText, outputs, units, activation, dropout);
    }

    /// The same with another activation.
    public ModelSpec withActivation(Activation other) {
        return new ModelSpec(input, isText, outputs, layers, other, dropout);
    }

    /// The same with dropout behind each hidden layer.
    public ModelSpec withDropout(double share) {
        return new ModelSpec(input, isText, outputs, layers, activation, share);
    }
}
