package dev.cajal.cli;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of one training: the model, the last snapshot, and what it was made with.
///
/// @param path the folder
record RunFolder(Path path) {
    private static final Path ALL = Path.of("runs");
    private static final String LATEST = "latest";

    /// A new folder `runs/DATE-TIME-dataset-model`, or the one that the user wants.
    static RunFolder create(@Nullable Path wanted, String dataset, String model) {
        Path path = wanted != null ? wanted : fresh(dataset, model);
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

    /// A folder by its name; `latest` is the one that was written to last.
    ///
    /// @throws CajalException if there is none
    static RunFolder find(String name) {
        if (name.equals(LATEST) && !Files.exists(Path.of(LATEST))) {
            return latest();
        }
        Path path = Path.of(name);
        Path model = Files.isDirectory(path) ? path.resolve("model.cajal") : path;
        if (!Files.isRegularFile(model)) {
            throw new CajalException(
                    "model.missing",
                    "There is no model in %s. Give the folder of a run, a .cajal file, or 'latest'; 'cajal train' makes one.",
                    path);
        }
        return new RunFolder(path);
    }

    private static RunFolder latest() {
        if (!Files.isDirectory(ALL)) {
            throw none();
        }
        try (Stream<Path> folders = Files.list(ALL)) {
            List<Path> models = folders.map(folder -> folder.resolve("model.cajal")).filter(Files::isRegularFile)
                    .toList();
            return models.stream()
                    .max(Comparator.comparing(RunFolder::modified))
                    .map(model -> new RunFolder(model.resolveSibling("")))
                    .orElseThrow(RunFolder::none);
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
        return Files.isDirectory(path) ? path.resolve("model.cajal") : path;
    }

    /// The last snapshot of the training.
    Path snapshot() {
        return path.resolve("snapshot.cajal");
    }

    /// What came out, for people and programs.
    Path result() {
        return path.resolve("result.json");
    }

    /// Writes what came out.
    void writeResult(Json json) {
        try {
            Files.writeString(result(), json.print() + "\n");
        } catch (IOException cause) {
            throw new CajalException(
                    "checkpoint.not-written", cause, "%s cannot be written: %s", result(),
                    String.valueOf(cause.getMessage()));
        }
    }
}
