package dev.cajal.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command line as tests use it: inside this process, or in one of its own.
final class Cli {
    private static final int SECONDS = 300;

    private final Path folder;
    private final List<String> javaOptions = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    /// What a command gave.
    record Result(int code, String out, String err) {
        /// Everything that a person sees.
        String all() {
            return out + err;
        }
    }

    private Cli(Path folder) {
        this.folder = folder;
        environment.put("LANG", "en_US.UTF-8");
    }

    /// Runs a command inside this process.
    static Result here(String... arguments) {
        return here(false, arguments);
    }

    /// The same, as if it were at a terminal.
    static Result atTerminal(String... arguments) {
        return here(true, arguments);
    }

    private static Result here(boolean terminal, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.stream().noneMatch(argument -> argument.startsWith("--lang"))) {
            all.add("--lang=en");
        }
        int code = Main.execute(new Console(out, err, terminal, false), all.toArray(String[]::new));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Processes that work in a folder.
    static Cli in(Path folder) {
        return new Cli(folder);
    }

    /// With an option of java's.
    Cli with(String javaOption) {
        javaOptions.add(javaOption);
        return this;
    }

    /// With a variable of the environment.
    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Runs a command in a process of its own.
    Result run(String... arguments) throws IOException, InterruptedException {
        return run(command(arguments));
    }

    /// Runs a shell's command line, in which `cajal` stands for the command.
    Result shell(String line) throws IOException, InterruptedException {
        String cajal = Arrays.stream(command().toArray(String[]::new))
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        return run(List.of("bash", "-c", line.replace("cajal", cajal)));
    }

    private Result run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command + "\n" + Files.readString(err));
        }
        Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /// Starts a command whose standard error goes to a file.
    Process start(Path err, String... arguments) throws IOException {
        return start(err.resolveSibling(err.getFileName() + ".out"), err, arguments);
    }

    /// Starts a command whose output goes to files.
    Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // A build in the background passes on that Ctrl-C is to be ignored.
        if (Files.isExecutable(Path.of("/usr/bin/env"))) {
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        command.addAll(command(arguments));
        return builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "JDK_JAVA_OPTIONS", "CAJAL_DATA")) {
            builder.environment().remove(name);
        }
        builder.environment().putAll(environment);
        return builder;
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(javaOptions);
        command.addAll(List.of("-p", modulePath(), "-m", "dev.cajal.cli/dev.cajal.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// What this test runs with, less what is for tests only.
    private static String modulePath() {
        return Stream.of("jdk.module.path", "java.class.path", "surefire.test.class.path")
                .map(property -> System.getProperty(property, ""))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty() && !entry.contains("test-classes") && !entry.contains("surefire"))
                .filter(entry -> !entry.contains("junit") && !entry.contains("assertj")
                        && !entry.contains("byte-buddy"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
