package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.IntList;
import dev.cajal.data.vocabulary.PairMerger;
import dev.cajal.data.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// SentencePiece's byte pairs: two pieces are merged where both together are a piece, that of the highest score first. A piece that is not to be used falls into its parts again.
final class ScoredMerges implements TokenModel.Encoder {
    private static final int NONE = -1;

    private final List<String> pieces;
    private final Set<Integer> unused;
    private final UserPieces user;
    private final Unknown unknown;
    private final Vocabulary usable;
    private final PairMerger merger;

    /// @param scores not a number for a piece that stands for nothing in a text
    ScoredMerges(List<String> pieces, double[] scores, PieceKinds kinds, UserPieces user, Unknown unknown) {
        this.pieces = pieces;
        this.unused = new HashSet<>(kinds.unused());
        this.user = user;
        this.unknown = unknown;
        this.usable = new Vocabulary(IntStream.range(0, scores.length)
                .mapToObj(i -> Double.isNaN(scores[i]) ? "" : pieces.get(i))
                .toList());
        this.merger = merger(pieces, scores, usable);
    }

    /// All pairs of pieces that make a piece. Of equal scores none comes before the other.
    private static PairMerger merger(List<String> pieces, double[] scores, Vocabulary usable) {
        double[] descending = Arrays.stream(scores).filter(score -> !Double.isNaN(score)).map(score -> -score).sorted()
                .distinct().toArray();
        PairMerger merger = new PairMerger();
        for (int i = 0; i < scores.length; i++) {
            String piece = pieces.get(i);
            for (int at = 1; at < piece.length() && !Double.isNaN(scores[i]); at++) {
                int left = usable.number(piece.substring(0, at), NONE);
                int right = usable.number(piece.substring(at), NONE);
                if (left >= 0 && right >= 0) {
                    merger.put(left, right, Arrays.binarySearch(descending, -scores[i]), i);
                }
            }
        }
        return merger;
    }

    @Override
    public int[] encode(String text) {
        IntList tokens = new IntList();
        int done = 0;
        for (int at = 0; at < text.length();) {
            int length = user.length(text, at);
            if (length > 0) {
                merge(text.substring(done, at), NONE, tokens);
                tokens.add(usable.number(text.substring(at, at + length), NONE));
                done = at + length;
            }
            at += Math.max(length, Character.charCount(text.codePointAt(at)));
        }
        merge(text.substring(done), NONE, tokens);
        return tokens.toArray();
    }

    /// @param forbidden a piece that is not made
    private void merge(String text, int forbidden, IntList tokens) {
        int[] symbols = text.codePoints().map(point -> usable.number(Character.toString(point), NONE)).toArray();
        List<String> strange = new ArrayList<>();
        text.codePoints().mapToObj(Character::toString).filter(character -> !usable.has(character))
                .forEach(strange::add);
        int count = merger.merge(symbols, symbols.length, forbidden);
        int seen = 0;
        for (int i = 0; i < count; i++) {
            if (symbols[i] < 0) {
                unknown.addTo(tokens, strange.get(seen++), i > 0 && symbols[i - 1] < 0);
            } else if (unused.contains(symbols[i]) && symbols[i] != forbidden
                    && pieces.get(symbols[i]).codePoints().count() > 1) {
                merge(pieces.get(symbols[i]), symbols[i], tokens);
            } else {
                tokens.add(symbols[i]);
            }
        }
    }
}
