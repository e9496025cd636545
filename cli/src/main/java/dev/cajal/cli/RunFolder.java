package dev.cajal.cli;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of one training: the model, the last snapshot, and what it was made with.
///
/// @param path the folder
record RunFolder(Path path) {
    private static final Path ALL = Path.of("runs");
    private static final String LATEST = "latest";
    private static final String MODEL = "model.cajal";
    private static final String SNAPSHOT = "snapshot.cajal";

    /// The folder for a new run: `runs/DATE-TIME-dataset-model`, or the one that the user wants. It is not made yet.
    ///
    /// @throws CajalException if there is a run in it already
    static RunFolder fresh(@Nullable Path wanted, String dataset, String model) {
        RunFolder folder = new RunFolder(wanted != null ? wanted : unused(dataset, model));
        if (Files.exists(folder.model()) || Files.exists(folder.snapshot())) {
            throw new CajalException(
                    "run.exists",
                    "There is a run in %s already. Go on with it by --resume, or choose another folder with --out.",
                    folder.path());
        }
        return folder;
    }

    /// Makes the folder, and writes which model is trained on what.
    ///
    /// @throws CajalException if it cannot be made
    void create(String model, String dataset) {
        try {
            Files.createDirectories(path);
        } catch (IOException cause) {
            throw new CajalException(
                    "checkpoint.not-written",
                    cause,
                    "The folder %s cannot be made: %s. Choose another with --out.",
                    path,
                    String.valueOf(cause.getMessage()));
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("schema", Json.of(1));
        members.put("model", Json.of(model));
        members.put("dataset", Json.of(dataset));
        write(description(), Json.of(members));
    }

    /// The folder of a run that is to go on: the one that is named, else the one whose snapshot is the newest.
    ///
    /// @throws CajalException if there is no snapshot
    static RunFolder resumed(@Nullable Path wanted) {
        RunFolder folder = wanted != null
                ? new RunFolder(wanted)
                : newest(SNAPSHOT).orElseThrow(RunFolder::none);
        if (!Files.isRegularFile(folder.snapshot())) {
            throw new CajalException(
                    "run.no-snapshot",
                    "There is no training to go on with in %s: it has no %s. Train without --resume.",
                    folder.path(),
                    SNAPSHOT);
        }
        return folder;
    }

    private static Path unused(String dataset, String model) {
        String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
        String name = dataset.replaceAll("[^\\p{Alnum}._-]+", "_");
        Path path = ALL.resolve("%s-%s-%s".formatted(time, name, model));
        for (int i = 2; Files.exists(path); i++) {
            path = ALL.resolve("%s-%s-%s-%s".formatted(time, name, model, i));
        }
        return path;
    }

    /// A folder by its name; `latest` is the one that was written to last.
    ///
    /// @throws CajalException if there is none
    static RunFolder find(String name) {
        if (name.equals(LATEST) && !Files.exists(Path.of(LATEST))) {
            return newest(MODEL).orElseThrow(RunFolder::none);
        }
        Path path = Path.of(name);
        Path model = Files.isDirectory(path) ? path.resolve(MODEL) : path;
        if (!Files.isRegularFile(model)) {
            throw new CajalException(
                    "model.missing",
                    "There is no model in %s. Give the folder of a run, a .cajal file, or 'latest'; 'cajal train' makes one.",
                    path);
        }
        return new RunFolder(path);
    }

    private static Optional<RunFolder> newest(String file) {
        if (!Files.isDirectory(ALL)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.map(folder -> folder.resolve(file))
                    .filter(Files::isRegularFile)
                    .max(Comparator.comparing(RunFolder::modified))
                    .map(path -> new RunFolder(ALL.resolve(path.getName(ALL.getNameCount()))));
        } catch (IOException cause) {
            throw new CajalException("model.missing", cause, "The folder %s cannot be read.", ALL.toAbsolutePath());
        }
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static CajalException none() {
        return new CajalException(
                "model.missing", "There is no run in %s yet: 'cajal train digits' makes one.", ALL.toAbsolutePath());
    }

    /// The finished model.
    Path model() {
        return Files.isDirectory(path) ? path.resolve(MODEL) : path;
    }

    /// The last snapshot of the training.
    Path snapshot() {
        return path.resolve(SNAPSHOT);
    }

    /// What came out, for people and programs.
    Path result() {
        return path.resolve("result.json");
    }

    /// Writes what came out.
    void writeResult(Json json) {
        write(result(), json);
    }

    /// The name of the model that is trained here.
    String modelName() {
        try {
            return Json.parse(Files.readString(description())).get("model").asText();
        } catch (IOException missing) {
            return "unknown";
        }
    }

    private Path description() {
        return path.resolve("run.json");
    }

    private static void write(Path file, Json json) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(temporary, json.print() + "\n");
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException cause) {
            throw new CajalException(
                    "checkpoint.not-written", cause, "%s cannot be written: %s", file,
                    String.valueOf(cause.getMessage()));
        }
    }
}
