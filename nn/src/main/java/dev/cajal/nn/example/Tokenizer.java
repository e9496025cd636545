package dev.cajal.nn.example;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// How texts become sequences of whole numbers, and back. Part of a saved model, so implementations are records.
public interface Tokenizer {
    /// How many different tokens there are: they are the numbers from 0 to below this.
    int size();

    /// The number that texts are filled up with: a token that no text has, or, by default, the number after the last token.
    default int filler() {
        return size();
    }

    /// The number that stands before a text whose beginning has to be known: a token that no text has, or, by default, the second number after the last token.
    default int beginning() {
        return size() + 1;
    }

    /// The number that stands behind a text whose end has to be known: a token that no text has, or, by default, the third number after the last token.
    default int end() {
        return size() + 2;
    }

    /// The token that stands for all that has no token of its own, if there is one. A model may read it, but never writes it.
    default OptionalInt unknown() {
        return OptionalInt.empty();
    }

    /// How many different numbers there are with those for [#filler], [#beginning] and [#end]: the rows that a table of embeddings needs.
    default int marked() {
        return IntStream.of(size() - 1, filler(), beginning(), end()).max().orElseThrow() + 1;
    }

    /// The tokens of a text.
    ///
    /// @throws dev.cajal.type.CajalException if there is something in it that no token stands for
    int[] encode(String text);

    /// The text that a token stands for, in UTF-8; it may be a part of a character.
    byte[] bytes(int token);

    /// The text of some tokens. Where they break off inside of a character, the replacement character stands for it.
    default String decode(int... tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            bytes.writeBytes(bytes(token));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
