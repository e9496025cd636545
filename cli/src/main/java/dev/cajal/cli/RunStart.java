package dev.cajal.cli;

import dev.cajal.data.folder.ImageFolder;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import dev.cajal.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How a run began, in its folder: what was asked for, and what the data was. A run that goes on with other data would not be that run.
///
/// @param options all of them, with what was chosen for the ones that nobody gave
/// @param checkSum of the file with the data, or of what pictures a folder has; empty for a data set by its name
record RunStart(TrainOptions options, Optional<String> checkSum) {
    private static final int BUFFER = 1 << 16;
    private static final String OF_FILE = "data_sha256";
    /// Runs used to have a sum of all files of a folder, which says nothing of its pictures, under the name of the other one.
    private static final String OF_PICTURES = "pictures_sha256";
    /// From 2 on, a run of pictures says what changes them, and data sets have the size that it says; before, models brought changes with them.
    private static final int SCHEMA = 2;

    /// A run that begins now.
    static RunStart of(TrainOptions options) {
        return new RunStart(options, options.file().filter(RunStart::canBeReadAgain).map(RunStart::sha256));
    }

    /// The one in a folder.
    ///
    /// @throws CajalException if it cannot be read
    static RunStart read(RunFolder folder) {
        return folder.readStart(RunStart::of);
    }

    private static RunStart of(Json json) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        json.get("options").asMap().forEach((name, text) -> texts.put(name, text.asText()));
        // Runs used to say 'relu' of each model, also where it made no difference.
        if (!Zoo.takesActivation(texts.getOrDefault(TrainOptions.MODEL, ""))) {
            texts.remove(TrainOptions.ACTIVATION);
        }
        if (json.get("schema").asLong() < SCHEMA) {
            String changes = AugmentOption.former(texts.getOrDefault(TrainOptions.MODEL, ""),
                    texts.getOrDefault(TrainOptions.AUGMENT, ""));
            if (!changes.isEmpty()) {
                texts.put(TrainOptions.AUGMENT, changes);
            }
            // It was only for folders.
            if (DataArgument.NAMES.contains(texts.getOrDefault(TrainOptions.DATA, ""))) {
                texts.remove(TrainOptions.SIZE);
            }
        }
        TrainOptions options = TrainOptions.of(texts);
        return new RunStart(options, Optional.ofNullable(json.asMap().get(nameOfSum(options))).map(Json::asText));
    }

    private static String nameOfSum(TrainOptions options) {
        return options.file().filter(Files::isDirectory).isPresent() ? OF_PICTURES : OF_FILE;
    }

    /// Writes this into a folder.
    void write(RunFolder folder) {
        Map<String, Json> texts = new LinkedHashMap<>();
        options.texts().forEach((name, text) -> texts.put(name, Json.of(text)));
        Map<String, Json> json = new LinkedHashMap<>();
        json.put("schema", Json.of(SCHEMA));
        json.put("options", Json.of(texts));
        checkSum.ifPresent(sum -> json.put(nameOfSum(options), Json.of(sum)));
        folder.writeStart(Json.of(json));
    }

    /// Makes sure that the data is what it was.
    ///
    /// @throws CajalException if the file has changed, or is gone
    void requireSameData() {
        Path file = options.file().orElse(null);
        if (file != null && checkSum.isPresent() && Files.exists(file) && !checkSum.get().equals(sha256(file))) {
            throw new CommandException("data.changed",
                    "%s is not what it was when the run began, so the run cannot go on with it. Bring the old file back, or train anew.",
                    file);
        }
    }

    /// Not a pipe: who looks into it takes away what the training is to read.
    private static boolean canBeReadAgain(Path path) {
        return Files.isRegularFile(path) || Files.isDirectory(path);
    }

    /// Of a file its bytes, of a folder the names and sizes of the pictures that are learned from: whatever else comes to lie there, such as the run itself, makes no difference.
    private static String sha256(Path path) {
        try (InputStream in = Files.isDirectory(path) ? listing(path) : Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException cause) {
            throw new CajalException("data.unreadable", cause, "%s cannot be read (%s).", path,
                    ReadFailure.reason(cause));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static InputStream listing(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : ImageFolder.of(folder).pictures()) {
            lines.append(folder.relativize(file)).append(' ').append(Files.size(file)).append('\n');
        }
        return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
