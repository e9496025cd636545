package dev.cajal.cli;

import dev.cajal.nn.checkpoint.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command line as a person has it: a process of its own, in a folder of its own.
///
/// @param folder where it runs
/// @param environment variables more
/// @param options of java
record Cli(Path folder, Map<String, String> environment, List<String> options) {
    private static final String MODULES = modules();
    private static final Map<Long, Path> STREAMS = new ConcurrentHashMap<>();

    /// What a process left behind.
    record Result(int exit, String out, String err) {
        /// The one object on standard output.
        Json json() {
            String text = out.strip();
            if (text.contains("\n")) {
                throw new AssertionError("More than one line on standard output:\n" + out);
            }
            return Json.parse(text);
        }
    }

    /// In a folder, with English texts.
    static Cli in(Path folder) {
        return new Cli(folder, Map.of("LC_ALL", "en_US.UTF-8", "CAJAL_DATA", folder.resolve("data").toString()),
                List.of());
    }

    Cli with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Cli(folder, more, options);
    }

    Cli withOption(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Cli(folder, environment, more);
    }

    /// Folders and jars with the application's modules, and no tests.
    private static String modules() {
        return Stream.of("jdk.module.path", "java.class.path")
                .map(name -> System.getProperty(name, ""))
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
                .filter(entry -> !entry.contains("test-classes") && !entry.contains("junit"))
                .filter(entry -> entry.endsWith(".jar") || Files.exists(Path.of(entry, "module-info.class")))
                .filter(entry -> entry.contains("cajal") || entry.contains("classes") || entry.contains("picocli")
                        || entry.contains("fastcsv"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Runs a command to its end.
    Result run(String... arguments) {
        Process process = start(arguments);
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("It did not end: " + List.of(arguments));
            }
            return new Result(process.exitValue(), text(out(process)), text(err(process)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Starts a command; what it writes goes to files.
    Process start(String... arguments) {
        try {
            Path out = Files.createTempFile("cajal", ".out");
            Process process = builder(arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(Path.of(out + ".err").toFile())
                    .start();
            STREAMS.put(process.pid(), out);
            return process;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /// A process that has not begun.
    ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(
                List.of("-p", MODULES, "--add-modules", "dev.cajal.cpu", "-m", "dev.cajal.cli/dev.cajal.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    static Path out(Process process) {
        return Objects.requireNonNull(STREAMS.get(process.pid()));
    }

    static Path err(Process process) {
        return Path.of(out(process) + ".err");
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
