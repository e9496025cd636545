package dev.cajal.data.file;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that somebody named, and what can be wrong with it before anything of it is understood: said in the same words for all kinds.
///
/// @param path of the file
public record DataFile(Path path) {
    /// The whole file, as it stands in messages.
    public Place place() {
        return Place.of(path);
    }

    /// All bytes of it.
    ///
    /// @param largest number of bytes that are read
    /// @throws DataException if it is missing, a folder, empty, larger, or must not or cannot be read
    public byte[] bytes(long largest) {
        long size = size();
        if (size > largest) {
            throw error("file.too-large", null, "The file has %s MB; at most %s MB are read. Make it smaller first.",
                    size >> 20, largest >> 20);
        }
        try {
            return Files.readAllBytes(path);
        } catch (IOException cause) {
            throw failure(cause);
        }
    }

    /// A stream of it.
    ///
    /// @throws DataException if it is missing, a folder, empty, or must not be read
    public InputStream open() {
        size();
        try {
            return Files.newInputStream(path);
        } catch (IOException cause) {
            throw failure(cause);
        }
    }

    private long size() {
        try {
            if (Files.isDirectory(path)) {
                throw error("file.folder", null, "This is a folder, but a file is needed. Name a file in it.");
            }
            long size = Files.size(path);
            // A pipe has no size, and a file of the system may say that it has none.
            if (size == 0 && Files.isRegularFile(path)) {
                throw error("file.empty", null, "The file is empty. Save, copy or download it again.");
            }
            return size;
        } catch (IOException cause) {
            throw failure(cause);
        }
    }

    /// What it means that opening or reading the file failed.
    public DataException failure(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> error("file.missing", cause,
                    "There is no such file. Check its name and folder (the program runs in %s).",
                    Path.of("").toAbsolutePath());
            case AccessDeniedException _ -> error("file.not-allowed", cause,
                    "You are not allowed to read this file. Change its permissions, or copy it into a folder of your own.");
            default -> error("file.unreadable", cause,
                    "The file cannot be read (%s). See whether another program can open it, or copy it again.",
                    String.valueOf(cause.getMessage()));
        };
    }

    /// An error that is about the whole file.
    public DataException error(String code, @Nullable Throwable cause, String template,
            Object... arguments) {
        return new DataException(code, place(), cause, template, arguments);
    }
}
