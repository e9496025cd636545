package dev.cajal.data.text;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.TextFile;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// A text as a language model learns it: pieces of it, and the same pieces one token further.
///
/// The first nine tenths of the characters are for training, the rest is for the test.
///
/// @param tokenizer makes tokens of the text
/// @param tokens of the whole text
/// @param split how many of them are for training
/// @param length of a piece
public record TextData(Tokenizer tokenizer, int[] tokens, int split, int length) {
    private static final int TEST_PARTS = 10;

    /// @throws CajalException if the text is so short that there is nothing to learn, or nothing to test with
    public TextData {
        if (length < 1) {
            throw new CajalException("text.length", "A network has to see at least 1 token at a time, not %s.", length);
        }
        int least = TEST_PARTS * (length + 1);
        if (tokens.length < least) {
            throw new CajalException("text.few-tokens",
                    "The text has %s tokens; for pieces of %s at least %s are needed, some to learn from and some to test with. Give more text, or shorter pieces.",
                    tokens.length, length, least);
        }
        if (split <= length || tokens.length - split <= length) {
            throw new CajalException("text.few-tokens-of-part",
                    "Of the text's tokens %s are to learn from and %s to test with; pieces of %s need at least %s of each. Give more text, or shorter pieces.",
                    split, tokens.length - split, length, length + 1);
        }
    }

    /// A text in a file.
    ///
    /// @param file where it stands
    /// @param text all of it
    /// @param notes what a person should know about how it was read
    public record Source(Path file, String text, List<Phrase> notes) {
        public Source {
            notes = List.copyOf(notes);
        }

        /// The text by a tokenizer that is known.
        ///
        /// @throws DataException if the text is too short, or the tokenizer does not know something in it; says where
        public TextData by(Tokenizer tokenizer, int length) {
            try {
                return of(text, tokenizer, length);
            } catch (CajalException refused) {
                throw DataException.at(place(tokenizer), refused);
            }
        }

        private Place place(Tokenizer tokenizer) {
            Place whole = Place.of(file);
            OptionalInt unknown = tokenizer instanceof Characters characters
                    ? characters.unknown(text)
                    : OptionalInt.empty();
            return unknown.isEmpty()
                    ? whole
                    : whole.withLine(1 + text.substring(0, unknown.getAsInt()).chars().filter(c -> c == '\n').count());
        }
    }

    /// The text of a file, in UTF-8, UTF-16, Latin-1 or Windows-1252, which may be compressed with gzip.
    ///
    /// @throws DataException if it is missing, empty, damaged, or not text
    public static String read(Path file) {
        return source(file).text();
    }

    /// The text of a file, as [#read] reads it, and how it was read.
    ///
    /// @throws DataException if it is missing, empty, damaged, or not text
    public static Source source(Path file) {
        TextFile read = TextFile.read(file);
        if (read.text().isBlank()) {
            throw new DataException("text.blank", Place.of(file), null,
                    "There is nothing but white space in the file.");
        }
        return new Source(file, read.text(), read.notes());
    }

    /// A text by characters.
    public static TextData ofCharacters(String text, int length) {
        return of(text, Characters.of(text), length);
    }

    /// A text by a tokenizer that is known. The training part and the test part are cut into tokens each for itself.
    public static TextData of(String text, Tokenizer tokenizer, int length) {
        String training = trainingPart(text);
        int[] first = tokenizer.encode(training);
        int[] rest = tokenizer.encode(text.substring(training.length()));
        int[] tokens = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, tokens, first.length, rest.length);
        return new TextData(tokenizer, tokens, first.length, length);
    }

    /// The part of a text that is for training: that from which a tokenizer is to be learned, so that the test measures by a text that nothing knows.
    public static String trainingPart(String text) {
        long characters = text.codePointCount(0, text.length());
        return text.substring(0, text.offsetByCodePoints(0, (int) (characters * (TEST_PARTS - 1) / TEST_PARTS)));
    }

    /// The pieces of the training part, one behind the other.
    public Examples<String, String> train() {
        return pieces(0, split, length);
    }

    /// Pieces of the training part that begin anywhere, by chance. A piece may come twice.
    ///
    /// @param seed the same seed draws the same pieces
    public Examples<String, String> train(int count, long seed) {
        Examples<String, String> all = pieces(0, split, 1);
        SplittableRandom random = new SplittableRandom(seed);
        return all.select(random.ints(count, 0, all.size()).toArray());
    }

    /// The pieces of the test part, one behind the other.
    public Examples<String, String> test() {
        return pieces(split, tokens.length, length);
    }

    private Examples<String, String> pieces(int from, int to, int step) {
        return new Examples<>(new TextInputs(tokenizer, length), new NextTokens(tokenizer, length),
                Rows.windows(tokens, from, to - 1, length, step), Rows.windows(tokens, from + 1, to, length, step));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextData data && data.tokenizer.equals(tokenizer) && data.length == length
                && data.split == split
                && Arrays.equals(data.tokens, tokens);
    }

    @Override
    public int hashCode() {
        return 31 * tokenizer.hashCode() + Arrays.hashCode(tokens);
    }

    @Override
    public String toString() {
        return "TextData[" + tokens.length + " tokens of " + tokenizer.size() + ", pieces of " + length + "]";
    }
}
