package dev.cajal.zoo;

import dev.cajal.nn.Activation;
import dev.cajal.nn.activation.Activations;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Optional;

/// What a model of the zoo is made for, and what may be chosen about it.
///
/// @param kind what an example is: for rows of a table and for pictures [ModelInput#NUMBERS]
/// @param input the shape of one example
/// @param tokens how many different numbers there are in a text, or in the first of two; 0 if an example is none
/// @param padding the number that fills up [sentences][ModelInput#SENTENCES] and [pairs][ModelInput#PAIRS]; 0 for others
/// @param oneVocabulary whether both sentences of a pair have the same tokens
/// @param outputs classes, predicted quantities, or tokens
/// @param layers units of the hidden layers; empty for the model's own
/// @param activation between layers; empty for the model's own
/// @param dropout share of hidden units that each training step leaves out; 0 for none
public record ModelSpec(
        ModelInput kind, Shape input, int tokens, int padding, boolean oneVocabulary, int outputs, List<Integer> layers,
        Optional<Activation> activation, double dropout) {
    public ModelSpec {
        layers = List.copyOf(layers);
    }

    private static ModelSpec of(ModelInput kind, Shape input, int tokens, int padding, int outputs) {
        return new ModelSpec(kind, input, tokens, padding, false, outputs, List.of(), Optional.empty(), 0);
    }

    /// The model's own layers and activations, and no dropout.
    public static ModelSpec of(Shape input, int outputs) {
        return of(ModelInput.NUMBERS, input, 0, 0, outputs);
    }

    /// For texts to be continued, with the model's own layers and no dropout.
    ///
    /// @param length tokens that the model sees at a time
    /// @param tokens how many different ones there are
    public static ModelSpec ofText(int length, int tokens) {
        return of(ModelInput.TEXTS, Shape.of(length), tokens, 0, tokens);
    }

    /// For texts to be judged as a whole, with the model's own layers and no dropout beyond the model's own.
    ///
    /// @param length the most tokens of a text that the model sees
    /// @param tokens how many different ones there are, padding among them
    /// @param padding the token that fills up short texts
    public static ModelSpec ofSentences(int length, int tokens, int padding, int outputs) {
        return of(ModelInput.SENTENCES, Shape.of(length), tokens, padding, outputs);
    }

    /// For pairs of sentences whose tokens are not the same, with the model's own layers and dropout.
    ///
    /// @param length the most tokens of a sentence that the model sees
    /// @param sources how many different ones there are in sources, padding and marks among them; likewise `targets`
    /// @param padding the token that fills up short sentences
    public static ModelSpec ofPairs(int length, int sources, int targets, int padding) {
        return of(ModelInput.PAIRS, Shape.of(2, length), sources, padding, targets);
    }

    /// For pairs of sentences of one vocabulary.
    public static ModelSpec ofPairs(int length, int tokens, int padding) {
        return new ModelSpec(ModelInput.PAIRS, Shape.of(2, length), tokens, padding, true, tokens, List.of(),
                Optional.empty(), 0);
    }

    /// Tokens that a model for texts sees at a time.
    int length() {
        return input.dim(-1);
    }

    /// The activation of hidden layers, for models that have the one that is asked for: ReLU if there is none.
    Activation hidden() {
        return activation.orElse(Activations.RELU);
    }

    /// The same with other hidden layers.
    public ModelSpec withLayers(List<Integer> units) {
        return new ModelSpec(kind, input, tokens, padding, oneVocabulary, outputs, units, activation, dropout);
    }

    /// The same with another activation.
    public ModelSpec withActivation(Activation other) {
        return new ModelSpec(kind, input, tokens, padding, oneVocabulary, outputs, layers, Optional.of(other), dropout);
    }

    /// The same with dropout behind each hidden layer.
    public ModelSpec withDropout(double share) {
        return new ModelSpec(kind, input, tokens, padding, oneVocabulary, outputs, layers, activation, share);
    }
}
