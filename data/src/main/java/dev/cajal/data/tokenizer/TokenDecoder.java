package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.ByteAlphabet;
import dev.cajal.data.vocabulary.ByteTokens;

/// A step from tokens back to a text. Tokens are [bytes][ByteText], so that one of them can be a part of a character.
public sealed interface TokenDecoder {
    /// What a token becomes.
    ///
    /// @param token its bytes, a character for each
    /// @param first whether the text begins with it
    /// @param last whether the text ends with it
    String decode(String token, boolean first, boolean last);

    /// Bytes of visible characters, as [Splitter.ByteLevel] makes them.
    record FromByteLevel() implements TokenDecoder {
        @Override
        public String decode(String token, boolean first, boolean last) {
            return ByteText.of(ByteAlphabet.bytes(ByteText.text(token)));
        }
    }

    /// The byte that a token like `<0x0A>` names.
    record FromByteNames() implements TokenDecoder {
        @Override
        public String decode(String token, boolean first, boolean last) {
            var value = ByteTokens.value(token);
            return value.isPresent() ? Character.toString(value.getAsInt()) : token;
        }
    }

    /// One text instead of another.
    record FromText(String text, String replacement) implements TokenDecoder {
        @Override
        public String decode(String token, boolean first, boolean last) {
            return token.replace(ByteText.of(text), ByteText.of(replacement));
        }
    }

    /// Without a text at its ends.
    ///
    /// @param text that is taken away
    /// @param atStart how many times at most at the start
    /// @param atEnd how many times at most at the end
    /// @param whole whether the ends are those of the whole text, not of each token
    record Stripped(String text, int atStart, int atEnd, boolean whole) implements TokenDecoder {
        @Override
        public String decode(String token, boolean first, boolean last) {
            String bytes = ByteText.of(text);
            String left = token;
            for (int i = 0; i < atStart && (first || !whole) && left.startsWith(bytes); i++) {
                left = left.substring(bytes.length());
            }
            for (int i = 0; i < atEnd && (last || !whole) && left.endsWith(bytes); i++) {
                left = left.substring(0, left.length() - bytes.length());
            }
            return left;
        }
    }

    /// A space for each mark.
    ///
    /// @param mark mostly `▁`
    /// @param prefixed whether the first token has a mark too many
    record FromMetaspace(String mark, boolean prefixed) implements TokenDecoder {
        @Override
        public String decode(String token, boolean first, boolean last) {
            return token.replace(ByteText.of(mark), first && prefixed ? "" : " ");
        }
    }

    /// Words with spaces between.
    ///
    /// @param suffix of a token that ends a word
    record FromWordEnds(String suffix) implements TokenDecoder {
        @Override
        public String decode(String token, boolean first, boolean last) {
            return token.replace(ByteText.of(suffix), last ? "" : " ");
        }
    }

    /// Words with spaces between.
    ///
    /// @param prefix of a token that does not begin a word; empty if all do
    /// @param tidy whether spaces before punctuation and inside of English short forms are left away
    record FromWordPieces(String prefix, boolean tidy) implements TokenDecoder {
        @Override
        public String decode(String token, boolean first, boolean last) {
            String bytes = ByteText.of(prefix);
            boolean continued = !prefix.isEmpty() && token.startsWith(bytes);
            String text = first ? token : continued ? token.substring(bytes.length()) : " " + token;
            return tidy ? tidied(text) : text;
        }

        private static String tidied(String text) {
            return text.replace(" .", ".").replace(" ?", "?").replace(" !", "!").replace(" ,", ",").replace(" ' ", "'")
                    .replace(" n't", "n't").replace(" 'm", "'m").replace(" do not", " don't").replace(" 's", "'s")
                    .replace(" 've", "'ve").replace(" 're", "'re");
        }
    }
}
