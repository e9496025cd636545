package dev.cajal.cli;

import dev.cajal.nn.example.Tokenizer;
import dev.cajal.nn.generate.Generator;
import dev.cajal.nn.generate.Sampling;
import dev.cajal.type.CajalException;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What a text begins with, where nobody says it: a new line, if that is a token; else a token that the model itself writes behind one that is drawn, since most tokens of many are too rare for a beginning.
///
/// @param generator of texts
/// @param tokenizer of the model
/// @param seed the same seed draws the same beginning
record Beginning(Generator generator, Tokenizer tokenizer, long seed) {
    private static final String NEW_LINE = "\n";
    private static final int TRIES = 1000;

    /// A text that has at least one token.
    ///
    /// @throws CommandException if no token is a text by itself
    String text() {
        if (isReadable(NEW_LINE)) {
            return NEW_LINE;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < TRIES; i++) {
            String drawn = tokenizer.decode(random.nextInt(tokenizer.size())).strip();
            if (isWord(drawn)) {
                String next = generator.generate(drawn, 1, Sampling.of().withSeed(seed)).strip();
                return isWord(next) ? next : drawn;
            }
        }
        throw new CommandException("usage.prompt",
                "None of the model's tokens is a text to begin with. Say with --prompt what the text begins with.");
    }

    /// Not a part of a character, nor nothing.
    private boolean isWord(String text) {
        return !text.isEmpty() && !text.contains("\uFFFD") && isReadable(text);
    }

    private boolean isReadable(String text) {
        try {
            int[] tokens = tokenizer.encode(text);
            return tokens.length > 0 && IntStream.of(tokens).noneMatch(this::isNoText);
        } catch (CajalException unknown) {
            return false;
        }
    }

    private boolean isNoText(int token) {
        return token == tokenizer.filler() || token == tokenizer.beginning() || token == tokenizer.end()
                || tokenizer.unknown().equals(OptionalInt.of(token));
    }
}
