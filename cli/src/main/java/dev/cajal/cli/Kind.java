package dev.cajal.cli;

import dev.cajal.nn.Model;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Sentences;
import dev.cajal.type.Phrase;
import java.nio.file.Files;
import java.util.List;

/// What an option can be about: a kind of data, or of models.
enum Kind {
    NAMED(Phrase.words("a data set by its name")), FOLDER(Phrase.words("a folder of pictures")), FILE(
            Phrase.words("a file")), TEXT(Phrase.words("a text to be continued")), TABLE(
                    Phrase.words("a table without texts")), TEXT_TABLE(Phrase.words("a table of texts")), PAIRS(
                            Phrase.words("a table of sentences and translations")), PREDICTOR(
                                    Phrase.words("a model that predicts")), WRITER(
                                            Phrase.words("a model that continues texts")), TRANSLATOR(
                                                    Phrase.words("a model that translates")), AUTOENCODER(
                                                            Phrase.words("an autoencoder")), SHOWN(
                                                                    Phrase.words("a plan without --profile")), MEASURED(
                                                                            Phrase.words("a plan with --profile"));

    private final Phrase name;

    Kind(Phrase name) {
        this.name = name;
    }

    /// The kind of a model.
    static Kind of(Model<?, ?> model) {
        return switch (model.targets()) {
            case ClassTargets<?> _, NumberTargets<?> _ -> PREDICTOR;
            case NextTokens _ -> WRITER;
            case Sentences _ -> TRANSLATOR;
            case Reconstruction<?> _ -> AUTOENCODER;
        };
    }

    /// The kind of what a model is to look at, by its name alone.
    static Kind ofData(String argument) {
        if (DataArgument.NAMES.contains(argument)) {
            return NAMED;
        }
        return Files.isDirectory(Arguments.path(argument)) ? FOLDER : FILE;
    }

    /// Refuses options that are not about a model, or not about what it is to look at.
    ///
    /// @throws CommandException if there is one
    static void requireOptions(Model<?, ?> model, String data, List<String> given) {
        OptionTable.OF_MODEL.require(of(model), given);
        if (given.contains(TrainOptions.SKIP_DAMAGED)) {
            OptionTable.OF_DATA.require(ofData(data), given);
        }
    }

    /// In a sentence.
    Phrase phrase() {
        return name;
    }
}
