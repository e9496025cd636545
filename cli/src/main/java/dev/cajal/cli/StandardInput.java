package dev.cajal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What another program writes, or a person types.
final class StandardInput {
    private StandardInput() {}

    /// All of it, in UTF-8.
    ///
    /// @throws CommandException if it cannot be read
    static String text() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new CommandException("usage.input", "Standard input cannot be read (%s).",
                    ReadFailure.reason(cause));
        }
    }
}
