package dev.cajal.cli;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tells of an error: a sentence for people, an object for machines; a stack trace only with `--debug`.
///
/// @param console where to
/// @param language in which language
/// @param command the command whose help is of use
/// @param json whether for machines too
/// @param debug whether with a stack trace
record Failure(Console console, Language language, String command, boolean json, boolean debug) {
    /// Tells of it.
    ///
    /// @return what the process ends with
    ExitCode tell(Throwable failure) {
        ExitCode exit = exitCode(failure);
        String message = message(failure);
        if (json) {
            Map<String, Json> error = new LinkedHashMap<>();
            error.put("code", Json.of(failure instanceof CajalException known ? known.code() : "defect"));
            // For machines the text stays English.
            error.put("message", Json
                    .of(String.valueOf(failure instanceof CajalException ? failure.getMessage() : failure.toString())));
            error.put("hint",
                    Json.of(nearest(failure).map("Did you mean '%s'?"::formatted)
                            .orElseGet(() -> hint(failure, exit))));
            console.lastWord(Json.of(Map.of("error", Json.of(error))));
        }
        console.say(console.red(language.text("error.prefix")) + " " + message);
        if (exit == ExitCode.USAGE) {
            console.say(language.text("error.usage", command));
        }
        if (debug) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            console.say(trace.toString());
        }
        return exit;
    }

    private static ExitCode exitCode(Throwable failure) {
        return switch (failure) {
            case CajalException known -> ExitCode.of(known);
            case OutOfMemoryError _ -> ExitCode.RESOURCES;
            default -> ExitCode.DEFECT;
        };
    }

    private String message(Throwable failure) {
        return switch (failure) {
            case CajalException known -> language.message(known)
                    + nearest(failure).map(name -> " " + language.text("error.nearest", name)).orElse("");
            case OutOfMemoryError _ -> language.text("error.out-of-memory");
            default -> language.text("error.defect", failure.toString());
        };
    }

    private static Optional<String> nearest(Throwable failure) {
        return failure instanceof CommandException wrong ? wrong.nearest() : Optional.empty();
    }

    private static String hint(Throwable failure, ExitCode exit) {
        if (failure instanceof CajalException known && known.code().startsWith("cpu.bf16")) {
            return "Leave --precision away.";
        }
        return switch (exit) {
            case USAGE -> "See --help.";
            case DATA -> "Look at the named file, line or record.";
            case MODEL -> "Check that model and data belong together.";
            case RESOURCES -> "Make room, choose another folder, or a smaller --batch.";
            case DEFECT -> "Run again with --debug and report what it prints.";
            case OK, INTERRUPTED -> "";
        };
    }
}
