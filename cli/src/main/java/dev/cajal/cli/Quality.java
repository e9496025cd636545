package dev.cajal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What `--quality` stands for: how long a person wants to wait for how good a model. It chooses what no other option names.
enum Quality {
    /// A model in the shortest time that makes sense: a quarter of the usual epochs.
    FAST(0.25),
    /// The usual training of a model that does well.
    GOOD(1),
    /// Twice the epochs, a tenth of the examples for validation, and of all epochs the best one on these.
    BEST(2);

    private final double epochs;

    Quality(double epochs) {
        this.epochs = epochs;
    }

    /// @throws CommandException if it stands for nothing
    static Quality of(String text) {
        return valueOf(Arguments.choice("--quality", text, names()).toUpperCase(Locale.ROOT));
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(Quality::text).toList();
    }

    /// As [#of] reads it.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How many epochs, where there are usually so many.
    int epochs(int usual) {
        return Math.max(1, (int) Math.round(epochs * usual));
    }

    /// Whether the best epoch is wanted, by examples that are kept for that.
    boolean keepsBest() {
        return this == BEST;
    }
}
