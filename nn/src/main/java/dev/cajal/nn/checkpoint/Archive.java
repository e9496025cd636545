package dev.cajal.nn.checkpoint;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Several named parts in one file: a ZIP, uncompressed, with the check sum of each part, so that any unzip tool can open it.
///
/// A file is written under a temporary name, forced to the disk and moved into place: there is always a whole one, the old or the new.
public final class Archive {
    private Archive() {}

    /// One part of an archive.
    @FunctionalInterface
    public interface Part {
        /// Writes the part's bytes.
        void write(OutputStream out) throws IOException;
    }

    /// Writes an archive.
    ///
    /// @throws CheckpointException if that fails; the file that was there before is still there
    public static void write(Path file, Map<String, Part> parts) {
        writeFile(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (var part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                part.getValue().write(zip);
                zip.closeEntry();
            }
            zip.finish();
            zip.flush();
        });
    }

    /// Writes any file as an archive is written: under a temporary name, forced to the disk, and moved into place.
    ///
    /// @throws CheckpointException if that fails; the file that was there before is still there
    public static void writeFile(Path file, Part content) {
        Path target = file.toAbsolutePath();
        Path parent = target.getParent();
        Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
        boolean interrupted = false;
        try {
            if (parent != null) {
                Files.createDirectories(parent);
            }
            while (true) {
                try {
                    writeNow(temporary, content);
                    break;
                } catch (ClosedByInterruptException stopped) {
                    // Whoever is told to stop (Ctrl-C) wants its state saved above all; it hears of the interrupt afterwards.
                    interrupted |= Thread.interrupted();
                }
            }
            move(temporary, target);
        } catch (IOException cause) {
            deleteQuietly(temporary);
            throw notWritten(file, cause);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void writeNow(Path file, Part content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            content.write(out);
            out.flush();
            channel.force(true);
        }
    }

    /// Reads all parts and checks their sums.
    ///
    /// @throws CheckpointException if there is no such file, or it is not whole
    public static SequencedMap<String, byte[]> read(Path file) {
        SequencedMap<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        } catch (NoSuchFileException cause) {
            throw new CheckpointException("checkpoint.missing", cause, "There is no file %s.", file);
        } catch (ZipException | EOFException cause) {
            throw damaged(file, cause);
        } catch (IOException cause) {
            throw new CheckpointException("checkpoint.unreadable", cause, "%s cannot be read: %s", file, reason(cause));
        }
        if (parts.isEmpty()) {
            throw damaged(file, new ZipException("it has no parts"));
        }
        return parts;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // The first failure is the one to report.
        }
    }

    private static CheckpointException notWritten(Path file, IOException cause) {
        return new CheckpointException(
                "checkpoint.not-written",
                cause,
                "%s cannot be written: %s. Nothing was lost: what was there before is still there. "
                        + "Choose another folder, or make room, and go on.",
                file,
                reason(cause));
    }

    private static CheckpointException damaged(Path file, IOException cause) {
        return new CheckpointException(
                "checkpoint.damaged",
                cause,
                "%s is damaged, or is not a file of Cajal's: %s. Take an older copy, or train again.",
                file,
                reason(cause));
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is there and is not a folder";
            case NoSuchFileException gone -> gone.getFile() + " is not there";
            default -> String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
        };
    }
}
