package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.ByteTokens;
import dev.cajal.data.vocabulary.IntList;
import dev.cajal.data.vocabulary.Vocabulary;
import dev.cajal.type.CajalException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What stands for a text that has no token: tokens of its bytes, else one token for all that is not known.
///
/// @param token of what is not known, below 0 if there is none
/// @param bytes tokens of bytes
record Unknown(int token, Optional<ByteTokens> bytes) {
    static Unknown of(int token, boolean byteFallback, Vocabulary vocabulary) {
        return new Unknown(token, byteFallback ? ByteTokens.of(vocabulary) : Optional.empty());
    }

    /// Adds tokens for a text.
    ///
    /// @param again whether the text before was not known either and has got its token, which is for both then
    void addTo(IntList tokens, String text, boolean again) {
        if (bytes.isPresent()) {
            bytes.get().addTo(tokens, text);
        } else if (token < 0) {
            throw none(text);
        } else if (!again) {
            tokens.add(token);
        }
    }

    /// The number of a token, if it is one.
    static OptionalInt number(List<String> tokens, String unknown) {
        int token = tokens.indexOf(unknown);
        return token < 0 ? OptionalInt.empty() : OptionalInt.of(token);
    }

    /// The number of the token of what is not known.
    ///
    /// @throws CajalException if there is none
    static int require(Vocabulary vocabulary, String unknown, String text) {
        int token = vocabulary.number(unknown, -1);
        if (token < 0) {
            throw none(text);
        }
        return token;
    }

    private static CajalException none(String text) {
        return new CajalException("text.no-token",
                "The tokenizer has no token for '%s', and none for what it does not know. Leave it away, or use another tokenizer.",
                text);
    }
}
