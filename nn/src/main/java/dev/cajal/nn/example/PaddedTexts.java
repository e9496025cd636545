package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.OptionalInt;

/// Texts of any length as sequences of tokens, `[length]`, i32: of a longer one the first tokens, a shorter one filled up at its end. A text without tokens is nothing but padding.
///
/// Batches are cut to the longest text in them, so that a generous `length` costs little; [dev.cajal.nn.layer.Padded] makes layers leave out what only fills up.
///
/// @param tokenizer makes tokens of a text
/// @param length the most tokens of a text that a network sees
/// @param padding what a text is filled up with: a number that the tokenizer gives for no text
public record PaddedTexts(Tokenizer tokenizer, int length, int padding) implements InputEncoding<String> {
    public PaddedTexts {
        TextInputs.requireLength(length);
        if (padding < 0 || padding > tokenizer.size()) {
            throw new CajalException("text.padding",
                    "Padding has to be one of the tokenizer's %s tokens, from 0 on, or the number after the last one, not %s.",
                    tokenizer.size(), padding);
        }
    }

    /// Texts filled up with what the tokenizer has for that.
    public static PaddedTexts of(Tokenizer tokenizer, int length) {
        return new PaddedTexts(tokenizer, length, tokenizer.filler());
    }

    /// How many different numbers a network gets, padding among them: the rows that a table of embeddings needs.
    public int vocabulary() {
        return Math.max(tokenizer.size(), padding + 1);
    }

    @Override
    public DType dtype() {
        return DType.I32;
    }

    @Override
    public Shape shape() {
        return Shape.of(length);
    }

    @Override
    public OptionalInt filler() {
        return OptionalInt.of(padding);
    }

    @Override
    public void encode(String input, double[] target, int offset) {
        int[] tokens = tokenizer.encode(input);
        Arrays.fill(target, offset, offset + length, padding);
        for (int i = 0; i < Math.min(length, tokens.length); i++) {
            target[offset + i] = tokens[i];
        }
    }

    @Override
    public Tensor prepare(Tensor batch) {
        return batch;
    }
}
