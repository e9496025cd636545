package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// Texts as sequences of tokens, `[length]`, i32.
///
/// @param tokenizer makes tokens of a text
/// @param length how many a network sees at a time, at most
public record TextInputs(Tokenizer tokenizer, int length) implements InputEncoding<String> {
    public TextInputs {
        requireLength(length);
    }

    static void requireLength(int length) {
        if (length < 1) {
            throw new CajalException("text.length", "A network has to see at least 1 token at a time, not %s.", length);
        }
    }

    @Override
    public DType dtype() {
        return DType.I32;
    }

    @Override
    public Shape shape() {
        return Shape.of(length);
    }

    /// The last tokens of a text.
    ///
    /// @throws CajalException if there are fewer than `length`
    @Override
    public void encode(String input, double[] target, int offset) {
        int[] tokens = tokenizer.encode(input);
        if (tokens.length < length) {
            throw new CajalException("text.short",
                    "A text has %s tokens, but the model looks at %s at a time. To continue a text of any length use a Generator (on the command line: cajal generate).",
                    tokens.length, length);
        }
        for (int i = 0; i < length; i++) {
            target[offset + i] = tokens[tokens.length - length + i];
        }
    }

    @Override
    public Tensor prepare(Tensor batch) {
        return batch;
    }
}
