package dev.cajal.cli;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells of an error: a sentence for people, an object for machines; a stack trace only with `--debug`.
///
/// @param console where to
/// @param language in which language
/// @param options whether for machines, and with a stack trace
record Failure(Console console, Language language, GlobalOptions options) {
    ExitCode tell(Throwable failure) {
        ExitCode exit = exitCode(failure);
        String message = message(failure);
        if (options.json) {
            Map<String, Json> error = new LinkedHashMap<>();
            error.put("code", Json.of(failure instanceof CajalException known ? known.code() : "defect"));
            // For machines the text stays English.
            error.put("message", Json.of(String.valueOf(failure.getMessage())));
            error.put("hint", Json.of(hint(exit)));
            console.result(Json.of(Map.of("error", Json.of(error))));
        }
        console.say(console.red(language.text("error.prefix")) + " " + message);
        if (options.debug) {
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
            case CajalException known -> language.message(known);
            case OutOfMemoryError _ -> language.text("error.out-of-memory");
            default -> language.text("error.defect", failure.toString());
        };
    }

    private static String hint(ExitCode exit) {
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
