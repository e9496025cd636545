package dev.cajal.cli;

import dev.cajal.data.table.TableTexts;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.TextInputs;
import java.util.Optional;

/// What suits a kind of examples, where a person did not care to choose.
enum Usual {
    /// Rows of a table, and pictures.
    NUMBERS("mlp", "adam", Optional.empty()),
    /// Texts to be continued.
    TEXTS("gpt", "adamw", Optional.of(TokenizerOption.CHARACTERS)),
    /// Texts to be judged as a whole.
    SENTENCES("text-cnn", "adam", Optional.of(TokenizerOption.WORDS)),
    /// Sentences to be translated.
    PAIRS("transformer-small", "adam", Optional.of(TokenizerOption.WORDS));

    private final String model;
    private final String optimizer;
    private final Optional<String> tokenizer;

    Usual(String model, String optimizer, Optional<String> tokenizer) {
        this.model = model;
        this.optimizer = optimizer;
        this.tokenizer = tokenizer;
    }

    /// What suits examples whose inputs are encoded in some way.
    static Usual of(InputEncoding<?> encoding) {
        return switch (encoding) {
            case TextInputs _ -> TEXTS;
            case TableTexts _ -> SENTENCES;
            case SentencePairs _ -> PAIRS;
            case InputEncoding<?> _ -> NUMBERS;
        };
    }

    /// A name of the zoo.
    String model() {
        return model;
    }

    /// The name of an optimizer.
    String optimizer() {
        return optimizer;
    }

    /// What makes tokens; empty for what has none.
    Optional<TokenizerOption> tokenizer() {
        return tokenizer.map(TokenizerOption::new);
    }
}
