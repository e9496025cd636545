package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The token that comes next, at each position of a text: what a language model is trained for. A network gives a logit for each token at each position.
///
/// As a label, a text is what follows by one token: for the input `tok` the target is `oke`.
///
/// @param tokenizer that of the inputs
/// @param length positions
public record NextTokens(Tokenizer tokenizer, int length) implements TargetEncoding<String> {
    @Override
    public int outputs() {
        return tokenizer.size();
    }

    @Override
    public Shape shape() {
        return Shape.of(length);
    }

    @Override
    public Shape outputShape() {
        return Shape.of(length, outputs());
    }

    @Override
    public Rows encode(List<String> labels) {
        return Examples.encode(new TextInputs(tokenizer, length), labels);
    }

    @Override
    public Tensor prepare(Tensor targets) {
        return targets;
    }

    /// The tokens that may come after the last position, with their probabilities.
    @Override
    public Prediction<String> decode(float[] answers) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int i = 0; i < answers.length; i++) {
            probabilities.merge(tokenizer.decode(i), (double) answers[i], Double::sum);
        }
        return Prediction.of(probabilities);
    }
}
