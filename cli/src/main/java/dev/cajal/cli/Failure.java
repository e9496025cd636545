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
            String code = failure instanceof CajalException known ? known.code() : "defect";
            // For machines the text stays English.
            console.result(json(code, String.valueOf(failure.getMessage()), exit));
        }
        console.say(console.red(language.text("error.prefix")) + " " + message);
        if (options.debug) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            console.say(trace.toString());
        }
        return exit;
    }

    /// An error for machines.
    static Json json(String code, String message, ExitCode exit) {
        Map<String, Json> error = new LinkedHashMap<>();
        error.put("code", Json.of(code));
        error.put("message", Json.of(message));
        error.put("exit_code", Json.of((long) exit.number()));
        return Json.of(Map.of("error", Json.of(error)));
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
}
