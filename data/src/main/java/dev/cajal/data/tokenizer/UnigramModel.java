package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.IntList;
import dev.cajal.data.vocabulary.UnigramPath;
import dev.cajal.data.vocabulary.Vocabulary;
import dev.cajal.type.CajalException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The most probable tokens, whose probabilities do not depend on each other.
///
/// @param tokens by their numbers
/// @param scores logarithms of probabilities
/// @param unknown the number of the token for what is not known
/// @param byteFallback whether what is not known is written by tokens of its bytes, `<0x0A>`
public record UnigramModel(List<String> tokens, List<Double> scores, Optional<Integer> unknown, boolean byteFallback)
        implements TokenModel {
    /// @throws CajalException if there are more or fewer scores than tokens
    public UnigramModel {
        tokens = List.copyOf(tokens);
        scores = List.copyOf(scores);
        requireScores(tokens, scores);
    }

    static void requireScores(List<String> tokens, List<Double> scores) {
        if (tokens.isEmpty() || tokens.size() != scores.size()) {
            throw new CajalException("text.scores", "Each token needs a score, but there are %s tokens and %s scores.",
                    tokens.size(), scores.size());
        }
    }

    @Override
    public OptionalInt unknownToken() {
        return unknown.filter(token -> token >= 0).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    @Override
    public Encoder encoder() {
        double[] all = scores.stream().mapToDouble(Double::doubleValue).toArray();
        double least = scores.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        UnigramPath path = new UnigramPath(tokens, all, least, false);
        Unknown rest = Unknown.of(unknown.orElse(-1), byteFallback, new Vocabulary(tokens));
        return piece -> encode(piece, path, rest);
    }

    static int[] encode(String piece, UnigramPath path, Unknown unknown) {
        IntList found = new IntList();
        boolean[] again = {false};
        path.cut(piece, (token, from, to) -> {
            if (token >= 0 && token != unknown.token()) {
                found.add(token);
            } else {
                unknown.addTo(found, piece.substring(from, to), again[0]);
            }
            again[0] = token < 0 || token == unknown.token();
        });
        return found.toArray();
    }
}
