package dev.cajal.cli;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a command writes: results to standard output, everything else to standard error.
final class Console {
    private static final int WIDTH = 79;

    private final Watched watched;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colour;
    private boolean pending;

    Console(OutputStream out, OutputStream err, boolean terminal, boolean colour) {
        this.watched = new Watched(out);
        this.out = new PrintStream(watched, true, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.terminal = terminal;
        this.colour = colour;
    }

    /// The process's own streams. Colour where standard error is a terminal and `NO_COLOR` is not set.
    static Console ofProcess() {
        boolean terminal = isErrorTerminal() && !"dumb".equals(System.getenv("TERM"));
        String noColour = System.getenv("NO_COLOR");
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                terminal,
                terminal && (noColour == null || noColour.isEmpty()));
    }

    /// Java cannot tell whether standard error is a terminal; the launcher can. Without it, all streams are taken for alike.
    private static boolean isErrorTerminal() {
        String launcher = System.getProperty("cajal.stderr");
        return launcher != null
                ? launcher.equals("terminal")
                : System.console() != null && System.console().isTerminal();
    }

    /// Standard output, for help texts.
    PrintWriter printer() {
        return new PrintWriter(out, true);
    }

    /// A line of the result.
    ///
    /// @throws CajalException if it cannot be written, and it is not the reader who has gone away
    void result(String line) {
        part(line + System.lineSeparator());
    }

    /// Whether the reader of the result has gone away.
    boolean isReaderGone() {
        return watched.failure != null && isReaderGone(watched.failure);
    }

    /// A part of the result, at once.
    ///
    /// @throws CajalException as [#result(String)]
    void part(String text) {
        clearLine();
        out.print(text);
        out.flush();
        IOException failure = watched.failure;
        if (failure != null && !isReaderGone(failure)) {
            throw new CajalException("output.not-written", failure,
                    "The result cannot be written to standard output: %s.",
                    String.valueOf(failure.getMessage()));
        }
    }

    /// The result for machines: one object on one line.
    void result(Json json) {
        result(json.compact());
    }

    /// An error for machines: if that cannot be written either, there is nobody left to tell.
    void lastWord(Json json) {
        out.println(json.compact());
    }

    /// `cajal ... | head` closes the pipe, and `>&-` closes the stream: whoever does that does not want the result.
    private static boolean isReaderGone(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("pipe") || message.contains("descriptor") || message.contains("closed");
    }

    /// A line about what is going on.
    void say(String line) {
        clearLine();
        err.println(line);
    }

    /// A line that the next one overwrites; only where there is a terminal.
    void overwrite(String line) {
        if (terminal) {
            // A longer line would wrap, and only its last part would be overwritten.
            err.print("\r\u001b[2K" + line.substring(0, Math.min(WIDTH, line.length())));
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

    /// Remembers why writing failed, which a [PrintStream] forgets.
    private static final class Watched extends FilterOutputStream {
        private @Nullable IOException failure;

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException cause) {
                failure = cause;
                throw cause;
            }
        }
    }
}
