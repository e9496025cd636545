package dev.cajal.cli;

import dev.cajal.data.dataset.Mnist;
import dev.cajal.data.dataset.Split;
import dev.cajal.data.digits.Digits;
import dev.cajal.data.table.CsvOptions;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.TableData;
import dev.cajal.data.table.TableOptions;
import dev.cajal.nn.example.Examples;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
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
    private static final double TEST_SHARE = 0.2;
    private static final long TEST_SEED = 1;

    /// How a file is to be read.
    ///
    /// @param header whether the first line has the names of columns; empty to find out
    /// @param target the column to predict: a name, a number from 1, or `last`
    record Reading(Optional<Boolean> header, String target) {
        /// Everything is found out.
        static final Reading DEFAULT = new Reading(Optional.empty(), "last");
    }

    /// Loads a data set by its name, or a file; a path with a slash is a file even if it has the name of a data set.
    ///
    /// @throws CajalException if there is neither
    static DataArgument load(String argument, Reading reading) {
        return switch (argument) {
            case "digits" -> of(Digits.load());
            case "mnist" -> of(Mnist.digits());
            case "fashion-mnist" -> of(Mnist.fashion());
            default -> file(Path.of(argument), reading);
        };
    }

    private static DataArgument of(Split<?, ?> split) {
        return new DataArgument(split.name(), split.train(), Optional.of(split.test()), List.of());
    }

    /// A fifth of a table's rows are for the test, drawn with a seed of their own.
    private static DataArgument file(Path file, Reading reading) {
        if (!Files.exists(file)) {
            throw new CajalException(
                    "data.unknown",
                    "There is no data set and no file '%s'. Data sets are %s; a file is a CSV table.%s",
                    file,
                    String.join(", ", NAMES),
                    Names.suggestion(file.toString(), NAMES));
        }
        TableData data = TableData.of(table(file, reading), TableOptions.of().withTarget(reading.target()));
        return split(file.getFileName().toString(), data.examples(), data.report().lines().toList());
    }

    /// A file's rows.
    static Table table(Path file, Reading reading) {
        CsvOptions options = reading.header().map(CsvOptions.of()::withHeader).orElse(CsvOptions.of());
        return Table.read(file, options);
    }

    private static <X, L> DataArgument split(String name, Examples<X, L> examples, List<String> notes) {
        Examples.Parts<X, L> parts = examples.split(TEST_SHARE, TEST_SEED);
        return new DataArgument(name, parts.first(), Optional.of(parts.second()), notes);
    }
}
