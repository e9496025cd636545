package dev.cajal.cli;

import dev.cajal.data.dataset.Mnist;
import dev.cajal.data.dataset.Split;
import dev.cajal.data.digits.Digits;
import dev.cajal.nn.example.Examples;
import dev.cajal.type.CajalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the argument DATA of the command line stands for.
///
/// @param name for folders and results
/// @param train to learn from
/// @param test to measure by
/// @param notes what was inferred, a line each
record DataArgument(String name, Examples<?, ?> train, Optional<Examples<?, ?>> test, List<String> notes) {
    private static final List<String> NAMES = List.of("digits", "mnist", "fashion-mnist");

    /// Loads a data set by its name, or a file; a path with a slash is a file even if it has the name of a data set.
    ///
    /// @throws CajalException if there is neither
    static DataArgument load(String argument) {
        return switch (argument) {
            case "digits" -> of(Digits.load());
            case "mnist" -> of(Mnist.digits());
            case "fashion-mnist" -> of(Mnist.fashion());
            default -> file(argument);
        };
    }

    private static DataArgument of(Split<?, ?> split) {
        return new DataArgument(split.name(), split.train(), Optional.of(split.test()), List.of());
    }

    private static DataArgument file(String argument) {
        if (!Files.exists(Path.of(argument))) {
            throw new CajalException(
                    "data.unknown",
                    "There is no data set and no file '%s'. Data sets are %s; a file is a CSV table.",
                    argument,
                    String.join(", ", NAMES));
        }
        throw new CajalException("data.unsupported", "%s is a file of a kind that cannot be read yet.", argument);
    }
}
