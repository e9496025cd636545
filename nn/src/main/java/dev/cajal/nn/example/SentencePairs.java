package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.OptionalInt;

/// Sentences and their translations as an encoder and a decoder read them, `[2, length]`, i32: the tokens of the source between marks for beginning and end, and those of the target
/// behind a mark for the beginning. Of longer ones the first tokens are taken, shorter ones are filled up at their ends; [Sentences] are the targets that belong to them.
///
/// @param source makes tokens of a sentence
/// @param target makes tokens of a translation
/// @param length the most tokens of either that a network sees, marks included
public record SentencePairs(Tokenizer source, Tokenizer target, int length) implements InputEncoding<SentencePair> {
    public SentencePairs {
        TextInputs.requireLength(length);
        if (source.filler() != target.filler()) {
            throw new CajalException("pairs.padding",
                    "Both sides of a translation have to be filled up with one number, but the tokenizers have %s and %s. Use tokenizers of one kind, or one for both.",
                    source.filler(), target.filler());
        }
    }

    /// What shorter sentences are filled up with.
    public int padding() {
        return source.filler();
    }

    /// Whether both sides have the same tokens.
    public boolean hasOneVocabulary() {
        return source.equals(target);
    }

    @Override
    public DType dtype() {
        return DType.I32;
    }

    @Override
    public Shape shape() {
        return Shape.of(2, length);
    }

    @Override
    public OptionalInt filler() {
        return OptionalInt.of(padding());
    }

    @Override
    public void encode(SentencePair pair, double[] row, int offset) {
        fill(row, offset, padding(), marked(source.beginning(), source.encode(pair.source()), source.end()));
        fill(row, offset + length, padding(), marked(target.beginning(), target.encode(pair.target())));
    }

    /// Some tokens with marks around them.
    private static int[] marked(int beginning, int[] tokens, int... end) {
        int[] all = new int[1 + tokens.length + end.length];
        all[0] = beginning;
        System.arraycopy(tokens, 0, all, 1, tokens.length);
        System.arraycopy(end, 0, all, 1 + tokens.length, end.length);
        return all;
    }

    private void fill(double[] row, int offset, int padding, int[] tokens) {
        Arrays.fill(row, offset, offset + length, padding);
        for (int i = 0; i < Math.min(length, tokens.length); i++) {
            row[offset + i] = tokens[i];
        }
    }

    @Override
    public Tensor prepare(Tensor batch) {
        return batch;
    }
}
