package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Sentences that a network writes token after token, such as translations: at each position of the [input][SentencePairs] the token that comes next, and an end. A network
/// gives a logit for each token at each position. Padding does not count: the loss is the mean over all tokens that are there.
///
/// @param tokenizer that of the targets
/// @param length positions, as many as those of the inputs
public record Sentences(Tokenizer tokenizer, int length) implements TargetEncoding<String> {
    @Override
    public int outputs() {
        return tokenizer.marked();
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
    public OptionalInt filler() {
        return OptionalInt.of(tokenizer.filler());
    }

    @Override
    public Rows encode(List<String> labels) {
        int[] rows = new int[Math.multiplyExact(labels.size(), length)];
        Arrays.fill(rows, tokenizer.filler());
        for (int i = 0; i < labels.size(); i++) {
            int[] tokens = tokenizer.encode(labels.get(i));
            System.arraycopy(tokens, 0, rows, i * length, Math.min(length, tokens.length));
            if (tokens.length < length) {
                rows[i * length + tokens.length] = tokenizer.end();
            }
        }
        return Rows.of(rows, shape());
    }

    /// The sentence in a row of [#encode].
    ///
    /// @param row its number
    public String decode(Rows rows, int row) {
        int[] tokens = new int[length];
        int count = 0;
        while (count < length && (int) rows.get(row, count) != tokenizer.end()
                && (int) rows.get(row, count) != tokenizer.filler()) {
            tokens[count] = (int) rows.get(row, count++);
        }
        return tokenizer.decode(Arrays.copyOf(tokens, count));
    }

    @Override
    public Tensor prepare(Tensor targets) {
        return targets;
    }

    /// Cannot be: a sentence takes many steps.
    ///
    /// @throws CajalException always
    @Override
    public Prediction<String> decode(float[] answers) {
        throw new CajalException("sentences.predict",
                "The model writes sentences, token after token: use a Translator (on the command line: cajal predict RUN \"a sentence\").");
    }
}
