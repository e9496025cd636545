package dev.cajal.nn.checkpoint;

import java.io.BufferedOutputStream;
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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Files of which there is always a whole one, the old or the new: each is written under a temporary name of its own, forced to the disk and moved
/// into place. Of several writers of one file the last one wins.
public final class AtomicFile {
    private AtomicFile() {}

    /// What a file is to hold.
    @FunctionalInterface
    public interface Content {
        /// Writes the bytes: the same each time it is asked to.
        void write(OutputStream out) throws IOException;
    }

    /// Writes a file, and the folders it is in. A thread that is interrupted meanwhile writes to the end and hears of it afterwards: whoever is told
    /// to stop wants its state saved above all.
    ///
    /// @throws CheckpointException if that fails; the file that was there before is still there
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        boolean interrupted = false;
        try {
            if (folder == null || Files.isDirectory(target)) {
                throw new IOException("it is a folder");
            }
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "." + target.getFileName() + ".", ".part",
                    permissions(folder));
            try {
                while (!written(temporary, content)) {
                    interrupted |= Thread.interrupted();
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                deleteQuietly(temporary);
            }
            forceFolder(folder);
        } catch (IOException cause) {
            throw notWritten(file, cause);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Whether the content is on the disk now; it is not if an interrupt closed the file.
    private static boolean written(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            content.write(out);
            out.flush();
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException stopped) {
            return false;
        }
    }

    /// What the person's other files get: a temporary file could otherwise be read by its owner alone, and so could the one it becomes.
    private static FileAttribute<?>[] permissions(Path folder) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"))
        };
    }

    /// The new name survives a power cut only once the folder is on the disk too. Not all systems can do that; there the file is in place all the same.
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // The file itself is whole and in place.
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

    /// What went wrong, in words.
    static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case AtomicMoveNotSupportedException _ -> "its file system cannot move files in one step";
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is there and is not a folder";
            case NoSuchFileException gone -> gone.getFile() + " is not there";
            default -> String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
        };
    }
}
