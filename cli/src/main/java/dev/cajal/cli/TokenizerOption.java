package dev.cajal.cli;

import dev.cajal.data.text.BytePairs;
import dev.cajal.data.text.Characters;
import dev.cajal.data.text.TokenizerFiles;
import dev.cajal.nn.example.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `--tokenizer` stands for: `characters`, `bpe` or `bpe:N`, or the file of a tokenizer.
///
/// @param text as a person wrote it; of a file the whole path
record TokenizerOption(String text) {
    static final String CHARACTERS = "characters";

    private static final String BYTE_PAIRS = "bpe";
    private static final int USUAL_SIZE = 1024;
    private static final int LEAST_SIZE = 256;
    private static final int MOST_SIZE = 1 << 20;

    /// @throws CommandException if it stands for nothing
    static TokenizerOption of(String text) {
        if (text.equals(CHARACTERS) || text.equals(BYTE_PAIRS)) {
            return new TokenizerOption(text);
        }
        if (text.startsWith(BYTE_PAIRS + ":")) {
            size(text);
            return new TokenizerOption(text);
        }
        Path file = Arguments.path(text);
        if (!Files.isRegularFile(file)) {
            throw new CommandException("usage.tokenizer",
                    "--tokenizer can be characters, bpe, bpe:N for N tokens, or a file such as tokenizer.json, but '%s' is none of these.",
                    text);
        }
        return new TokenizerOption(file.toAbsolutePath().normalize().toString());
    }

    private static int size(String text) {
        return text.equals(BYTE_PAIRS)
                ? USUAL_SIZE
                : Arguments.whole("--tokenizer bpe:N", text.substring(BYTE_PAIRS.length() + 1), LEAST_SIZE, MOST_SIZE);
    }

    /// The tokenizer for a text to learn from.
    Tokenizer make(String learned) {
        if (text.equals(CHARACTERS)) {
            return Characters.of(learned);
        }
        return text.equals(BYTE_PAIRS) || text.startsWith(BYTE_PAIRS + ":")
                ? BytePairs.learn(learned, size(text))
                : TokenizerFiles.read(Path.of(text));
    }
}
