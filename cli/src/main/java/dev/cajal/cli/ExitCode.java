package dev.cajal.cli;

import dev.cajal.type.CajalException;
import java.util.Set;

/// What the process says to whoever started it.
enum ExitCode {
    /// All went well.
    OK(0),
    /// A defect of Cajal's own.
    DEFECT(1),
    /// The command line makes no sense.
    USAGE(2),
    /// Something is wrong with the data.
    DATA(3),
    /// Something is wrong with the model or its file.
    MODEL(4),
    /// Memory, disk, threads or the processor do not suffice.
    RESOURCES(5),
    /// The user stopped it.
    INTERRUPTED(130);

    private static final Set<String> OF_DATA = Set.of("data", "examples", "target", "input", "rows", "csv", "idx",
            "image", "picture", "folder", "dataset", "table", "column", "file", "points", "generator", "text", "pairs");
    private static final Set<String> OF_RESOURCES = Set.of("memory", "backend", "output", "onednn");
    private static final Set<String> RESOURCES_BY_CODE = Set.of("checkpoint.not-written", "cpu.bf16",
            "cpu.bf16-library");

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /// The exit code for an error, by the first word of its code.
    static ExitCode of(CajalException exception) {
        String first = exception.code().split("\\.", 2)[0];
        if (first.equals("usage") || first.equals("sampling") || exception.code().equals("generate.prompt")) {
            return USAGE;
        }
        if (OF_RESOURCES.contains(first) || RESOURCES_BY_CODE.contains(exception.code())) {
            return RESOURCES;
        }
        return OF_DATA.contains(first) ? DATA : MODEL;
    }
}
