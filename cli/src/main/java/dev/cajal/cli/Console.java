package dev.cajal.cli;

import dev.cajal.nn.checkpoint.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command writes: results to standard output, everything else to standard error.
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colour;
    private boolean pending;

    Console(PrintStream out, PrintStream err, boolean terminal, boolean colour) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colour = colour;
    }

    /// The process's own streams. Colour where standard error is a terminal and `NO_COLOR` is not set.
    static Console ofProcess() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean noColour = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        return new Console(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminal,
                terminal && !noColour);
    }

    /// A line of the result.
    void result(String line) {
        out.println(line);
    }

    /// The result for machines: one object on one line.
    void result(Json json) {
        out.println(json.compact());
    }

    /// A line about what is going on.
    void say(String line) {
        clearLine();
        err.println(line);
    }

    /// A line that the next one overwrites; only where there is a terminal.
    void overwrite(String line) {
        if (terminal) {
            err.print("\r\u001b[2K" + line);
            err.flush();
            pending = true;
        }
    }

    private void clearLine() {
        if (pending) {
            err.print("\r\u001b[2K");
            pending = false;
        }
    }

    /// Whether lines can be overwritten.
    boolean isTerminal() {
        return terminal;
    }

    /// A text that stands out.
    String strong(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /// A text that means trouble.
    String red(String text) {
        return colour ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    /// A text of less weight.
    String faint(String text) {
        return colour ? "\u001b[2m" + text + "\u001b[0m" : text;
    }
}
