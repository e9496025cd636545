package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.ByteAlphabet;
import java.util.function.Consumer;

/// Cuts a text into pieces across which no token goes ("pre-tokenizer").
public sealed interface Splitter permits Splitter.ByPattern, Splitter.ByteLevel, Splitter.Metaspace {
    /// The cutting itself, for many texts.
    Cut cut();

    /// Where a prefix is put that stands for a space.
    enum PrefixScheme {
        /// Before each piece.
        ALWAYS,
        /// Before the first piece of a text.
        FIRST,
        /// Nowhere.
        NEVER
    }

    /// By a pattern.
    ///
    /// @param pattern as [java.util.regex.Pattern] has them
    /// @param behavior what becomes of that which the pattern finds
    /// @param inverted whether that which the pattern finds is the text, and the rest what is between
    record ByPattern(String pattern, SplitBehavior behavior, boolean inverted) implements Splitter {
        /// @throws dev.cajal.type.CajalException if the pattern is none
        public ByPattern {
            Patterns.of(pattern);
        }

        @Override
        public Cut cut() {
            var compiled = Patterns.of(pattern);
            return (piece, pieces) -> behavior.split(piece, compiled, inverted, pieces);
        }
    }

    /// Into GPT-2's words, whose bytes are written as visible characters.
    ///
    /// @param prefixed whether a space is put before a piece that has none
    /// @param words whether to cut into words, or to write bytes as characters only
    record ByteLevel(boolean prefixed, boolean words) implements Splitter {
        /// GPT-2's words, which begin with the space before them.
        public static final String WORDS = "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

        @Override
        public Cut cut() {
            Cut cut = words
                    ? new ByPattern(WORDS, SplitBehavior.ISOLATED, false).cut()
                    : (piece, pieces) -> pieces.accept(piece);
            return (piece, pieces) -> {
                boolean lacks = prefixed && !piece.text().startsWith(" ");
                cut.cut(lacks ? new Piece(" " + piece.text(), piece.first()) : piece,
                        part -> pieces.accept(new Piece(ByteAlphabet.of(part.text()), part.first())));
            };
        }
    }

    /// Into words that begin with a mark for the space before them.
    ///
    /// @param mark mostly `▁`
    /// @param prefix where there is a mark without a space
    /// @param words whether to cut at all, or to write marks for spaces only
    record Metaspace(String mark, PrefixScheme prefix, boolean words) implements Splitter {
        @Override
        public Cut cut() {
            Cut cut = words
                    ? new ByPattern(java.util.regex.Pattern.quote(mark), SplitBehavior.MERGED_WITH_NEXT, false).cut()
                    : (piece, pieces) -> pieces.accept(piece);
            return (piece, pieces) -> {
                String marked = piece.text().replace(" ", mark);
                boolean wanted = switch (prefix) {
                    case ALWAYS -> true;
                    case FIRST -> piece.first();
                    case NEVER -> false;
                };
                boolean lacks = wanted && !marked.startsWith(mark);
                cut.cut(new Piece(lacks ? mark + marked : marked, piece.first()), pieces);
            };
        }
    }

    /// Cuts a piece further.
    @FunctionalInterface
    interface Cut {
        /// Hands on the parts of a piece.
        void cut(Piece piece, Consumer<Piece> pieces);
    }
}
