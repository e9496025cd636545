package dev.cajal.cli;

import dev.cajal.nn.checkpoint.AtomicFile;
import dev.cajal.nn.checkpoint.CheckpointException;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of one training: what was asked for, the last snapshot, the model, and what came out.
///
/// @param path the folder, or the file of a model
record RunFolder(Path path) {
    private static final Path ALL = Path.of("runs");
    private static final String LATEST = "latest";
    private static final String MODEL = "model.cajal";

    /// Makes sure that a folder is free for a new run: nothing that a person has is ever overwritten.
    ///
    /// @throws CajalException if there is something in it, or a file where it should be
    static void requireFree(Path path) {
        boolean taken = Files.exists(path) && !Files.isDirectory(path);
        if (Files.isDirectory(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                taken = entries.findAny().isPresent();
            } catch (IOException unreadable) {
                taken = true;
            }
        }
        if (taken) {
            throw new CommandException("usage.out",
                    "%s is there already and not empty; a run is never overwritten. Choose another folder with --out, or go on with that run: cajal train --resume --out %s",
                    path, quoted(path));
        }
    }

    /// A new folder `runs/DATE-TIME-dataset-model`, or the one that the user wants.
    static RunFolder create(@Nullable Path wanted, String dataset, String model) {
        Path path = wanted != null ? wanted : fresh(dataset, model);
        try {
            Files.createDirectories(path);
        } catch (IOException cause) {
            Object reason = cause instanceof FileAlreadyExistsException
                    ? Phrase.of("folder.in-the-way", "a file is in the way: %s", String.valueOf(cause.getMessage()))
                    : cause.getMessage() == null ? cause : cause.getMessage();
            throw new CajalException("output.folder", cause,
                    "The folder %s cannot be made (%s). Choose another with --out.", path, reason);
        }
        return new RunFolder(path);
    }

    private static Path fresh(String dataset, String model) {
        String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
        String name = dataset.replaceAll("[^\\p{Alnum}._-]+", "_");
        Path path = ALL.resolve("%s-%s-%s".formatted(time, name, model));
        for (int i = 2; Files.exists(path); i++) {
            path = ALL.resolve("%s-%s-%s-%s".formatted(time, name, model, i));
        }
        return path;
    }

    /// A trained model by the name of its folder or file; `latest` is the one that was finished last.
    ///
    /// @throws CajalException if there is none
    static RunFolder find(String name) {
        if (name.equals(LATEST) && !Files.exists(Path.of(LATEST))) {
            return newest(folder -> Files.isRegularFile(folder.model())).orElseThrow(RunFolder::none);
        }
        RunFolder folder = new RunFolder(Arguments.path(name));
        if (Files.isRegularFile(folder.model())) {
            return folder;
        }
        if (Files.isRegularFile(folder.start())) {
            throw new CajalException("model.unfinished",
                    "The run in %s has not finished. Finish it: cajal train --resume --out %s; or take what it has learned so far: %s",
                    folder.path, quoted(folder.path), folder.snapshot());
        }
        throw new CommandException(
                "model.missing",
                "There is no model in %s. Give the folder of a run, a .cajal file, or 'latest'; 'cajal train' makes one.",
                folder.path).near(name, known());
    }

    /// A run by the name of its folder, finished or not, or a trained model; `latest` is the one that was worked on last.
    ///
    /// @throws CajalException if there is none
    static RunFolder findBegun(String name) {
        if (name.equals(LATEST) && !Files.exists(Path.of(LATEST))) {
            return newest(folder -> folder.hasStart() || Files.isRegularFile(folder.model()))
                    .orElseThrow(RunFolder::none);
        }
        RunFolder folder = new RunFolder(Arguments.path(name));
        return folder.hasStart() ? folder : find(name);
    }

    /// A run that can go on: the given one, or the one that was worked on last.
    ///
    /// @throws CajalException if there is none
    static RunFolder toResume(@Nullable Path wanted) {
        if (wanted == null) {
            return newest(folder -> Files.isRegularFile(folder.start())).orElseThrow(RunFolder::none);
        }
        RunFolder folder = new RunFolder(wanted);
        if (!Files.isRegularFile(folder.start())) {
            throw new CommandException("run.missing",
                    "There is no run in %s to go on with. Leave --resume away to begin one.", wanted)
                    .near(wanted.toString(), known());
        }
        if (!Files.isRegularFile(folder.snapshot()) && Files.isRegularFile(folder.model())) {
            throw new CajalException("run.no-snapshot",
                    "The run in %s has a model but no %s any more, so it cannot go on. Train anew in another folder.",
                    wanted, folder.snapshot().getFileName());
        }
        return folder;
    }

    private static List<String> known() {
        return Stream.concat(Stream.of(LATEST), folders().stream().map(folder -> folder.path.toString())).toList();
    }

    private static Optional<RunFolder> newest(Predicate<RunFolder> wanted) {
        return folders().stream().filter(wanted).max(Comparator.comparing(RunFolder::modified));
    }

    private static List<RunFolder> folders() {
        if (!Files.isDirectory(ALL)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.map(RunFolder::new).toList();
        } catch (IOException cause) {
            throw new CajalException("run.folder-unreadable", cause, "The folder %s cannot be read (%s).",
                    ALL.toAbsolutePath(), ReadFailure.reason(cause));
        }
    }

    private FileTime modified() {
        return Stream.of(start(), snapshot(), model())
                .map(RunFolder::modified)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException missing) {
            return FileTime.fromMillis(0);
        }
    }

    private static CajalException none() {
        return new CajalException(
                "run.none", "There is no such run in %s yet: 'cajal train digits' makes one.", ALL.toAbsolutePath());
    }

    /// The finished model.
    Path model() {
        return Files.isDirectory(path) ? path.resolve(MODEL) : path;
    }

    /// The last snapshot of the training.
    Path snapshot() {
        return path.resolve("snapshot.cajal");
    }

    /// Deletes the last snapshot, if there is one: the training begins again.
    void deleteSnapshot() {
        try {
            Files.deleteIfExists(snapshot());
        } catch (IOException cause) {
            throw new CajalException("output.snapshot", cause, "%s cannot be deleted (%s).", snapshot(),
                    ReadFailure.reason(cause));
        }
    }

    private Path start() {
        return path.resolve("run.json");
    }

    /// What came out, for people and programs.
    Path result() {
        return path.resolve("result.json");
    }

    /// The path as a shell takes it.
    String quoted() {
        return quoted(path);
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./:\\\\@%+,=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /// Whether it is known what was asked for: not where only the file of a model is left.
    boolean hasStart() {
        return Files.isRegularFile(start());
    }

    /// Writes what was asked for.
    void writeStart(Json json) {
        write(start(), json);
    }

    /// What was asked for. Errors name the file.
    <T> T readStart(Function<Json, T> reader) {
        try {
            return reader.apply(Json.parse(Files.readString(start())));
        } catch (CajalException wrong) {
            throw CheckpointException.in(start().toString(), wrong);
        } catch (IOException cause) {
            throw new CajalException("run.unreadable", cause, "%s cannot be read (%s).", start(),
                    ReadFailure.reason(cause));
        }
    }

    /// Writes what came out.
    void writeResult(Json json) {
        write(result(), json);
    }

    private static void write(Path file, Json json) {
        AtomicFile.write(file, out -> out.write((json.print() + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
