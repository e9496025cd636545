package dev.cajal.data.text;

import dev.cajal.type.CajalException;

/// Which words of a text a tokenizer is to know.
///
/// @param size how many tokens there are at most, the four special ones included; the most frequent words get one
/// @param minimumCount how often a word has to come
/// @param lowerCase whether capital letters become small ones
/// @param splitting what a word is
public record WordOptions(int size, int minimumCount, boolean lowerCase, WordSplitting splitting) {
    private static final int USUAL_SIZE = 10_000;

    /// @throws CajalException if there is no place for a word, or a word need not come at all
    public WordOptions {
        if (size <= Words.SPECIAL.size()) {
            throw new CajalException("text.words-size",
                    "A tokenizer of words needs at least %s tokens, %s special ones and a word, not %s.",
                    Words.SPECIAL.size() + 1, Words.SPECIAL.size(), size);
        }
        if (minimumCount < 1) {
            throw new CajalException("text.words-count",
                    "A word that gets a token has to come at least once, not %s times.",
                    minimumCount);
        }
    }

    /// The ten thousand most frequent words and signs of punctuation, in capital letters and small ones as they come.
    public static WordOptions of() {
        return new WordOptions(USUAL_SIZE, 1, false, WordSplitting.PUNCTUATION);
    }

    /// These options with another number of tokens.
    public WordOptions withSize(int size) {
        return new WordOptions(size, minimumCount, lowerCase, splitting);
    }

    /// These options without the words that come less often.
    public WordOptions withMinimumCount(int minimumCount) {
        return new WordOptions(size, minimumCount, lowerCase, splitting);
    }

    /// These options with small letters only, or with both.
    public WordOptions withLowerCase(boolean lowerCase) {
        return new WordOptions(size, minimumCount, lowerCase, splitting);
    }

    /// These options with another kind of words.
    public WordOptions withSplitting(WordSplitting splitting) {
        return new WordOptions(size, minimumCount, lowerCase, splitting);
    }
}
