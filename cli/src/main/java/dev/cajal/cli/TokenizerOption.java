package dev.cajal.cli;

import dev.cajal.data.text.BytePairs;
import dev.cajal.data.text.Characters;
import dev.cajal.data.text.PairData;
import dev.cajal.data.text.TokenizerFiles;
import dev.cajal.data.text.WordOptions;
import dev.cajal.data.text.Words;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// What `--tokenizer` stands for: `characters`, `bpe`, `bpe:N`, `words` or `words:N`, or the file of a tokenizer.
///
/// @param text as a person wrote it; of a file the whole path
record TokenizerOption(String text) {
    static final String CHARACTERS = "characters";
    static final String WORDS = "words";

    private static final int MOST_SIZE = 1 << 20;

    /// A kind of tokenizer that is learned from a text.
    private enum Learned {
        BYTE_PAIRS("bpe", 1024, 256) {
            @Override
            Tokenizer learn(String text, int size) {
                return BytePairs.learn(text, size);
            }
        },
        WORDS(TokenizerOption.WORDS, WordOptions.of().size(), Words.SPECIAL.size() + 1) {
            @Override
            Tokenizer learn(String text, int size) {
                return Words.learn(text, WordOptions.of().withSize(size));
            }
        };

        private final String name;
        private final int usualSize;
        private final int leastSize;

        Learned(String name, int usualSize, int leastSize) {
            this.name = name;
            this.usualSize = usualSize;
            this.leastSize = leastSize;
        }

        abstract Tokenizer learn(String text, int size);

        static Optional<Learned> of(String text) {
            for (Learned each : values()) {
                if (text.equals(each.name) || text.startsWith(each.name + ":")) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }

        int size(String text) {
            return text.equals(name)
                    ? usualSize
                    : Arguments.whole("--tokenizer " + name + ":N", text.substring(name.length() + 1), leastSize,
                            MOST_SIZE);
        }
    }

    /// @throws CommandException if it stands for nothing
    static TokenizerOption of(String text) {
        Optional<Learned> learned = Learned.of(text);
        learned.ifPresent(kind -> kind.size(text));
        if (learned.isPresent() || text.equals(CHARACTERS)) {
            return new TokenizerOption(text);
        }
        Path file = Arguments.path(text);
        if (!Files.isRegularFile(file)) {
            throw new CommandException("usage.tokenizer",
                    "--tokenizer can be characters, bpe, words, bpe:N or words:N for N tokens, or a file such as tokenizer.json, but '%s' is none of these.",
                    text);
        }
        return new TokenizerOption(file.toAbsolutePath().normalize().toString());
    }

    /// The tokenizer for a text to learn from. It is learned from the part for training alone; only characters are those of the whole text, since one that is not known could not be
    /// read.
    ///
    /// @param training the part for training
    Tokenizer make(String training, String whole) {
        if (text.equals(CHARACTERS)) {
            return Characters.of(whole);
        }
        return Learned.of(text)
                .map(kind -> kind.learn(training, kind.size(text)))
                .orElseGet(() -> TokenizerFiles.read(Path.of(text)));
    }

    /// The tokenizers for sentences and their translations: words are those of each side, byte pairs, characters and tokens of a file the same for both. Words that come but once are
    /// left out, since nothing could be learned of them.
    ///
    /// @param training the part for training
    SentencePairs make(PairData training, PairData whole, IntUnaryOperator length) {
        Optional<Learned> learned = Learned.of(text);
        if (learned.equals(Optional.of(Learned.WORDS))) {
            WordOptions options = WordOptions.of().withMinimumCount(2).withSize(Learned.WORDS.size(text));
            return pairs(Words.learn(training.sources(), options), Words.learn(training.targets(), options), training,
                    length);
        }
        Tokenizer both = make(String.join("\n", training.sentences()), String.join("\n", whole.sentences()));
        return pairs(both, both, training, length);
    }

    private static SentencePairs pairs(Tokenizer source, Tokenizer target, PairData training, IntUnaryOperator length) {
        return new SentencePairs(source, target, length.applyAsInt(training.longest(source, target)));
    }
}
