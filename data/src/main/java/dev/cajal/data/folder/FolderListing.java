package dev.cajal.data.folder;

import dev.cajal.data.DataException;
import dev.cajal.data.file.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// What is in a folder, in the order of names, so that nothing depends on the file system. Links are followed; what has a name that begins with a dot is not there, nor what lies in such a
/// folder.
final class FolderListing {
    /// What pictures' names end in.
    static final Set<String> EXTENSIONS = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "webp");

    private FolderListing() {}

    /// What the system lists.
    @FunctionalInterface
    interface Listing<T> {
        T of(Path folder) throws IOException;
    }

    /// What a listing gives.
    ///
    /// @throws DataException if a folder cannot be read, or a link leads back to a folder that it lies in; names the one that is to blame
    static <T> T reading(Path folder, Listing<T> listing) {
        try {
            return listing.of(folder);
        } catch (IOException cause) {
            throw failure(folder, cause);
        } catch (UncheckedIOException cause) {
            throw failure(folder, Objects.requireNonNull(cause.getCause()));
        }
    }

    private static DataException failure(Path folder, IOException cause) {
        Path blamed = cause instanceof FileSystemException file && file.getFile() != null
                ? folder.getFileSystem().getPath(file.getFile())
                : folder;
        return cause instanceof FileSystemLoopException
                ? new DataFile(blamed).error("folder.loop", cause,
                        "By way of a link this leads back to a folder that it lies in itself, so that there would be no end of pictures. Remove the link.")
                : new DataFile(blamed).failure(cause);
    }

    /// The folders inside, and links that lead nowhere but might have led to one.
    static List<Path> folders(Path folder) {
        return reading(folder, each -> {
            try (Stream<Path> all = Files.list(each)) {
                return all.filter(child -> !isHidden(child) && (Files.isDirectory(child)
                        || !Files.exists(child) && !isPicture(child)))
                        .sorted((a, b) -> name(a).compareTo(name(b)))
                        .toList();
            }
        });
    }

    /// The pictures that lie in the folder itself.
    static long loose(Path folder) {
        return reading(folder, each -> {
            try (Stream<Path> all = Files.list(each)) {
                return all.filter(file -> !isHidden(file) && isFile(file) && isPicture(file)).count();
            }
        });
    }

    /// The files at any depth.
    static List<Path> files(Path folder) {
        return reading(folder, each -> {
            try (Stream<Path> all = walk(each)) {
                return all.sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
            }
        });
    }

    /// Whether there is a picture at any depth.
    static boolean hasPictures(Path folder) {
        return reading(folder, each -> {
            try (Stream<Path> all = walk(each)) {
                return all.anyMatch(FolderListing::isPicture);
            }
        });
    }

    private static Stream<Path> walk(Path folder) throws IOException {
        return Files.walk(folder, FileVisitOption.FOLLOW_LINKS).filter(file -> isFile(file) && !isHidden(folder, file));
    }

    /// A link that leads nowhere is a file that cannot be read, which is to be said.
    private static boolean isFile(Path file) {
        return Files.isRegularFile(file) || !Files.exists(file);
    }

    private static boolean isHidden(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            if (isHidden(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }

    /// Whether it is a picture by its name.
    static boolean isPicture(Path file) {
        String name = name(file);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /// The last part of a path.
    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
