package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.Vocabulary;
import java.util.List;
import java.util.OptionalInt;

/// A token for each word.
///
/// @param tokens by their numbers
/// @param unknown the token of a word that is not known
public record WordModel(List<String> tokens, String unknown) implements TokenModel {
    public WordModel {
        tokens = List.copyOf(tokens);
    }

    @Override
    public OptionalInt unknownToken() {
        return Unknown.number(tokens, unknown);
    }

    @Override
    public Encoder encoder() {
        Vocabulary vocabulary = new Vocabulary(tokens);
        String other = unknown;
        return word -> {
            int token = vocabulary.number(word, -1);
            return new int[] {token >= 0 ? token : Unknown.require(vocabulary, other, word)};
        };
    }
}
