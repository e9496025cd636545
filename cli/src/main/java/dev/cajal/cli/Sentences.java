package dev.cajal.cli;

import dev.cajal.data.text.TextData;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Texts that a person hands over on the command line, for a model that takes one at a time.
final class Sentences {
    /// What looks like a file that is not there, and not like a text.
    private static final Pattern NAME_OF_FILE = Pattern.compile("\\S+\\.(csv|tsv|txt|md|gz)|\\S*[/\\\\]\\S*",
            Pattern.CASE_INSENSITIVE);

    private Sentences() {}

    /// The argument itself, the lines of a file of text, or for `-` those of standard input; empty if the argument is a table, or the name of a file that is not there.
    ///
    /// @throws CommandException if standard input cannot be read
    static Optional<List<String>> of(String argument) {
        if (argument.equals("-")) {
            return Optional.of(StandardInput.text().lines().toList());
        }
        if (isFile(argument)) {
            return DataArgument.isText(argument, false)
                    ? Optional.of(TextData.read(Path.of(argument)).lines().toList())
                    : Optional.empty();
        }
        return NAME_OF_FILE.matcher(argument).matches() ? Optional.empty() : Optional.of(List.of(argument));
    }

    /// Not every text could be the name of a file.
    private static boolean isFile(String argument) {
        try {
            return Files.isRegularFile(Path.of(argument));
        } catch (InvalidPathException none) {
            return false;
        }
    }
}
