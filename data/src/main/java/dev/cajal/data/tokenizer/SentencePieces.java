package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.ByteTokens;
import dev.cajal.data.vocabulary.Derived;
import dev.cajal.data.vocabulary.Vocabulary;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// A tokenizer of SentencePiece: the text is changed by a map of characters, its spaces become `▁`, and it is cut into pieces without being cut into words before.
///
/// T. Kudo, J. Richardson, *SentencePiece: A simple and language independent subword tokenizer and detokenizer for Neural Text Processing*, 2018.
///
/// Control symbols such as `<s>` are never found in a text: [#number(String)] gives their numbers to those who need them.
///
/// @param pieces by their numbers
/// @param scores of the pieces; the higher, the sooner one is taken
/// @param kinds which pieces are no ordinary ones
/// @param algorithm how pieces are chosen
/// @param spaces how a text is changed before
public record SentencePieces(List<String> pieces, List<Double> scores, PieceKinds kinds, Algorithm algorithm,
        PieceSpaces spaces) implements Tokenizer {
    /// What stands for a space.
    static final String SPACE = "▁";

    private static final Derived<SentencePieces, SentenceEncoder> ENCODERS = new Derived<>(
            all -> new SentenceEncoder(all.pieces, all.scores, all.kinds, all.algorithm, all.spaces));
    private static final Derived<SentencePieces, Names> NAMES = new Derived<>(
            all -> new Names(new Vocabulary(all.pieces), new HashSet<>(all.kinds.control())));

    /// How pieces are chosen.
    public enum Algorithm {
        /// Those whose scores have the largest sum.
        UNIGRAM,
        /// By merging, the pair first that makes the piece of the highest score.
        BYTE_PAIRS
    }

    private record Names(Vocabulary vocabulary, Set<Integer> control) {}

    /// @throws CajalException if there are more or fewer scores than pieces, a kind names a piece that is not there, or the map of characters is damaged
    public SentencePieces {
        pieces = List.copyOf(pieces);
        scores = List.copyOf(scores);
        UnigramModel.requireScores(pieces, scores);
        for (int number : kinds.all()) {
            if (number < 0 || number >= pieces.size()) {
                throw new CajalException("text.piece-number",
                        "The tokenizer has %s pieces, but one with the number %s is named.", pieces.size(), number);
            }
        }
    }

    @Override
    public int size() {
        return pieces.size();
    }

    @Override
    public OptionalInt unknown() {
        return OptionalInt.of(kinds.unknown());
    }

    /// The number of a piece, such as `<s>`.
    public OptionalInt number(String piece) {
        int number = NAMES.of(this).vocabulary.number(piece, -1);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// The pieces of a text, without control symbols.
    @Override
    public int[] encode(String text) {
        return ENCODERS.of(this).encode(text);
    }

    /// The text that a piece stands for inside of a text; nothing if it is a control symbol.
    @Override
    public byte[] bytes(int token) {
        String piece = pieces.get(token);
        if (NAMES.of(this).control.contains(token)) {
            return new byte[0];
        }
        if (token == kinds.unknown()) {
            return kinds.unknownText().getBytes(StandardCharsets.UTF_8);
        }
        OptionalInt value = kinds.byteFallback() ? ByteTokens.value(piece) : OptionalInt.empty();
        return value.isPresent()
                ? new byte[] {(byte) value.getAsInt()}
                : piece.replace(SPACE, " ").getBytes(StandardCharsets.UTF_8);
    }

    /// The text of some pieces, without the space that was put before it.
    @Override
    public String decode(int... tokens) {
        var bytes = new ByteArrayOutputStream();
        boolean start = spaces.prefixed() || spaces.single();
        for (int token : tokens) {
            byte[] text = bytes(token);
            boolean spaced = start && text.length > 0 && token != kinds.unknown()
                    && pieces.get(token).startsWith(SPACE);
            bytes.write(text, spaced ? 1 : 0, text.length - (spaced ? 1 : 0));
            start &= bytes.size() == 0 && !(spaced && !spaces.single());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
