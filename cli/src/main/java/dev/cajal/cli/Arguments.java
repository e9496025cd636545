package dev.cajal.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;

/// What stands behind an option, as what it has to be: each mistake is told with the option, what was found and what is needed.
final class Arguments {
    private Arguments() {}

    /// A whole number from a range.
    ///
    /// @throws CommandException if it is none
    static int whole(String option, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // the same message
        }
        throw new CommandException("usage.whole", "%s has to be a whole number from %s to %s, but is '%s'.", option,
                String.valueOf(least), String.valueOf(most), text);
    }

    /// A whole number of 64 bits.
    ///
    /// @throws CommandException if it is none
    static long whole(String option, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException none) {
            throw new CommandException("usage.seed", "%s has to be a whole number, but is '%s'.", option, text);
        }
    }

    /// A finite number above zero.
    ///
    /// @throws CommandException if it is none
    static double positive(String option, String text) {
        double number = number(text);
        if (Double.isFinite(number) && number > 0) {
            return number;
        }
        throw new CommandException("usage.positive",
                "%s has to be a number above 0 (with a point, not a comma), but is '%s'.", option, text);
    }

    /// A number.
    ///
    /// @throws CommandException if it is none
    static double number(String option, String text) {
        double number = number(text);
        if (Double.isNaN(number)) {
            throw new CommandException("usage.number",
                    "%s has to be a number (with a point, not a comma), but is '%s'.", option, text);
        }
        return number;
    }

    /// A number above 0 and up to 1.
    ///
    /// @throws CommandException if it is none
    static double share(String option, String text) {
        double number = number(text);
        if (number > 0 && number <= 1) {
            return number;
        }
        throw new CommandException("usage.share",
                "%s has to be a number above 0 and up to 1 (with a point, not a comma), but is '%s'.", option, text);
    }

    /// A number, or not a number.
    static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    /// One of several names.
    ///
    /// @throws CommandException if it is none of them; offers the nearest
    static String choice(String option, String text, Collection<String> names) {
        if (names.contains(text)) {
            return text;
        }
        throw new CommandException("usage.choice", "%s cannot be '%s'. It can be %s.", option, text,
                String.join(", ", names)).near(text, names);
    }

    /// A path.
    ///
    /// @throws CommandException if the system has no such paths
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw new CommandException("usage.path", "'%s' cannot be the name of a file: %s.", text,
                    wrong.getReason());
        }
    }

    /// The path of a file to write, which says what it is by its ending: a new one, since nothing that a person has is ever overwritten.
    ///
    /// @param ending such as `.png`
    /// @throws CommandException if the name ends otherwise, or is taken
    static Path output(String option, String name, String ending) {
        if (!name.toLowerCase(Locale.ROOT).endsWith(ending)) {
            throw new CommandException("usage.ending", "%s writes a file of the kind %s, so '%s' has to end with %s.",
                    option, ending.substring(1).toUpperCase(Locale.ROOT), name, ending);
        }
        Path path = path(name);
        if (Files.exists(path)) {
            throw new CommandException("usage.exists",
                    "%s is there already, and no file is ever overwritten. Give %s another name, or remove the old file first.",
                    path, option);
        }
        return path;
    }

    /// The path of a file to write that nobody has named: with a number where the name is taken.
    ///
    /// @param ending such as `.png`
    static Path fresh(String name, String ending) {
        Path path = Path.of(name + ending);
        for (int i = 2; Files.exists(path); i++) {
            path = Path.of(name + "-" + i + ending);
        }
        return path;
    }
}
