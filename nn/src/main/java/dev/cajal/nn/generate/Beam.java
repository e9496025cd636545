package dev.cajal.nn.generate;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;

/// How many beginnings of a text are followed at a time, and how they compare: by their log probability, divided by `((5 + length) / 6)^penalty`, since each token more makes a text less probable.
///
/// Y. Wu et al., *Google's Neural Machine Translation System*, 2016, section 7.
///
/// @param width beginnings that are followed; 1 takes the most probable token always
/// @param penalty 0 compares log probabilities; larger ones favour longer texts
public record Beam(int width, double penalty) {
    private static final double USUAL_PENALTY = 0.6;
    private static final int MOST = 1024;

    public Beam {
        require(width >= 1 && width <= MOST, Phrase.words("The width of a beam"), width,
                Phrase.words("from 1 to 1024"));
        require(penalty >= 0 && Double.isFinite(penalty), Phrase.words("The length penalty of a beam"), penalty,
                Phrase.words("at least 0"));
    }

    private static void require(boolean holds, Phrase what, Object number, Phrase needed) {
        if (!holds) {
            throw new CajalException("sampling.setting", "%s has to be %s, but is %s.", what, needed, number);
        }
    }

    /// Always the most probable token.
    public static Beam greedy() {
        return of(1);
    }

    /// So many beginnings, with a length penalty of 0.6.
    public static Beam of(int width) {
        return new Beam(width, USUAL_PENALTY);
    }

    /// The same with another length penalty.
    public Beam withPenalty(double other) {
        return new Beam(width, other);
    }

    /// How good a text is.
    ///
    /// @param length its tokens, the end included
    double score(double logProbability, int length) {
        return logProbability / Math.pow((5 + length) / 6.0, penalty);
    }
}
