package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.ByteTokens;
import dev.cajal.data.vocabulary.UnigramPath;
import dev.cajal.data.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// SentencePiece at work.
final class SentenceEncoder {
    /// Of a user-defined piece, which is more than that of any other.
    private static final double USER_SCORE = -0.1;

    private final SentenceNormalizer normalizer;
    private final TokenModel.Encoder encoder;

    SentenceEncoder(List<String> pieces, List<Double> scores, PieceKinds kinds, SentencePieces.Algorithm algorithm,
            PieceSpaces spaces) {
        UserPieces user = new UserPieces(pieces, kinds.userDefined());
        normalizer = new SentenceNormalizer(spaces, user);
        Unknown unknown = Unknown.of(kinds.unknown(), kinds.byteFallback(), new Vocabulary(pieces));
        double[] usable = usable(pieces, scores, kinds);
        encoder = switch (algorithm) {
            case UNIGRAM -> unigram(pieces, usable, kinds, unknown);
            case BYTE_PAIRS -> new ScoredMerges(pieces, usable, kinds, user, unknown);
        };
    }

    /// The scores of pieces that a text can have; not a number for all others.
    private static double[] usable(List<String> pieces, List<Double> scores, PieceKinds kinds) {
        Set<Integer> none = new HashSet<>(kinds.control());
        none.add(kinds.unknown());
        double[] usable = new double[scores.size()];
        for (int i = 0; i < usable.length; i++) {
            boolean isByte = kinds.byteFallback() && ByteTokens.value(pieces.get(i)).isPresent();
            usable[i] = isByte || none.contains(i) ? Double.NaN : scores.get(i);
        }
        return usable;
    }

    private static TokenModel.Encoder unigram(List<String> pieces, double[] usable, PieceKinds kinds, Unknown unknown) {
        double[] scores = usable.clone();
        kinds.unused().forEach(number -> scores[number] = Double.NaN);
        kinds.userDefined().forEach(number -> scores[number] = Double.NaN);
        double least = Arrays.stream(scores).filter(score -> !Double.isNaN(score)).min().orElse(0);
        kinds.userDefined().forEach(number -> scores[number] = USER_SCORE);
        UnigramPath path = new UnigramPath(pieces, scores, least, true);
        return text -> UnigramModel.encode(text, path, unknown);
    }

    int[] encode(String text) {
        return encoder.encode(normalizer.normalize(text));
    }
}
