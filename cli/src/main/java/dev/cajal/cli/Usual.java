package dev.cajal.cli;

import dev.cajal.data.image.ImageInputs;
import dev.cajal.data.table.TableTexts;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.TextInputs;
import java.util.Optional;

/// What suits a kind of examples, where a person did not care to choose.
enum Usual {
    /// Rows of a table.
    NUMBERS("adam", Optional.empty(), "mlp", new Choice("mlp", "mlp", "mlp")),
    /// Pictures.
    PICTURES("adam", Optional.empty(), "mlp", new Choice("lenet", "resnet", "resnet")),
    /// Texts to be continued.
    TEXTS("adamw", Optional.of(TokenizerOption.CHARACTERS), "gpt", new Choice("gru", "gpt", "gpt")),
    /// Texts to be judged as a whole.
    SENTENCES("adam", Optional.of(TokenizerOption.WORDS), "text-cnn", new Choice("bag", "text-cnn", "text-cnn")),
    /// Sentences to be translated.
    PAIRS("adam", Optional.of(TokenizerOption.WORDS), "transformer-small",
            new Choice("transformer-small", "transformer-small", "transformer-small"));

    private final String optimizer;
    private final Optional<String> tokenizer;
    private final String model;
    private final Choice choice;

    /// Models by how long a person wants to wait for them.
    private record Choice(String fast, String good, String best) {
        String of(Quality quality) {
            return switch (quality) {
                case FAST -> fast;
                case GOOD -> good;
                case BEST -> best;
            };
        }
    }

    Usual(String optimizer, Optional<String> tokenizer, String model, Choice choice) {
        this.optimizer = optimizer;
        this.tokenizer = tokenizer;
        this.model = model;
        this.choice = choice;
    }

    /// What suits examples whose inputs are encoded in some way.
    static Usual of(InputEncoding<?> encoding) {
        return switch (encoding) {
            case TextInputs _ -> TEXTS;
            case TableTexts _ -> SENTENCES;
            case SentencePairs _ -> PAIRS;
            case ImageInputs _ -> PICTURES;
            case InputEncoding<?> _ -> NUMBERS;
        };
    }

    /// A name of the zoo.
    ///
    /// @param quality if one is wanted
    String model(Optional<Quality> quality) {
        return quality.map(choice::of).orElse(model);
    }

    /// Whether these are numbers, and no texts.
    boolean isNumbers() {
        return this == NUMBERS || this == PICTURES;
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
