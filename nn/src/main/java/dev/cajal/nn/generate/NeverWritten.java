package dev.cajal.nn.generate;

import dev.cajal.nn.example.Tokenizer;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The tokens that a model may read, but never writes, however probable they are: those that no text has, and the one that stands for all that is not known.
///
/// @param tokens their numbers, of which some may be beyond those that a model knows
record NeverWritten(Set<Integer> tokens) {
    /// In texts that come to an end, which is written.
    static NeverWritten of(Tokenizer tokenizer) {
        return of(IntStream.of(tokenizer.filler(), tokenizer.beginning()), tokenizer);
    }

    /// In texts that have no end, as a language model's.
    static NeverWritten endless(Tokenizer tokenizer) {
        return of(IntStream.of(tokenizer.filler(), tokenizer.beginning(), tokenizer.end()), tokenizer);
    }

    private static NeverWritten of(IntStream tokens, Tokenizer tokenizer) {
        return new NeverWritten(
                IntStream.concat(tokens, tokenizer.unknown().stream()).boxed().collect(Collectors.toSet()));
    }

    boolean has(int token) {
        return tokens.contains(token);
    }

    /// Makes them as improbable as can be.
    ///
    /// @param logits one for each token
    /// @return the same array
    float[] removedFrom(float[] logits) {
        for (int token : tokens) {
            if (token < logits.length) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
        return logits;
    }
}
