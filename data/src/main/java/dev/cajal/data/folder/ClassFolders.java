package dev.cajal.data.folder;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The pictures below a folder by class: a folder for each, with pictures at any depth. In the order of their names, so that nothing depends on the
/// file system.
///
/// @param folder that has a folder for each class
/// @param classes the names of these folders
/// @param pictures their paths
/// @param labels for each picture the number of its class
/// @param others files that are no pictures by their names
record ClassFolders(Path folder, List<String> classes, List<Path> pictures, List<Integer> labels, int others) {
    private static final Set<String> EXTENSIONS = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "webp");

    /// The classes and their pictures, to learn from. Looks at the names of files, not into them.
    ///
    /// @throws DataException if it cannot be read, or there are no classes or no pictures
    static ClassFolders of(Path folder) {
        ClassFolders found = in(folder, reading(folder, ClassFolders::children));
        if (found.pictures().isEmpty()) {
            throw none(folder);
        }
        return found;
    }

    /// All pictures below a folder and in it, whatever folders they are in: one class, which has the folder's name.
    ///
    /// @throws DataException if it cannot be read, or there are none
    static ClassFolders all(Path folder) {
        ClassFolders found = in(folder, List.of(folder));
        if (found.pictures().isEmpty()) {
            throw new DataException("folder.no-pictures-at-all", Place.of(folder), null,
                    "There are no pictures (%s) here, nor in the folders inside.", extensions());
        }
        return found;
    }

    /// The pictures of classes that are known: in folders that are named after them, or all of one class if the folder itself is.
    ///
    /// @throws DataException if it cannot be read, or there are no pictures
    static ClassFolders of(Path folder, List<String> known) {
        ClassFolders found = in(folder, reading(folder, ClassFolders::children));
        boolean isClass = known.contains(name(folder.toAbsolutePath().normalize()));
        return isClass && found.classes().stream().noneMatch(known::contains) ? all(folder) : of(folder);
    }

    /// @param classFolders the pictures of a class are in each
    private static ClassFolders in(Path folder, List<Path> classFolders) {
        List<String> classes = new ArrayList<>();
        List<Path> pictures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int others = 0;
        for (Path child : classFolders) {
            int before = pictures.size();
            for (Path file : reading(child, ClassFolders::files)) {
                if (isPicture(file)) {
                    pictures.add(file);
                    labels.add(classes.size());
                } else {
                    others++;
                }
            }
            if (pictures.size() > before) {
                classes.add(name(child.toAbsolutePath().normalize()));
            }
        }
        return new ClassFolders(folder, classes, pictures, labels, others);
    }

    private static DataException none(Path folder) {
        return new DataException("folder.no-pictures", Place.of(folder), null,
                "There are no pictures in folders here. A folder of pictures has a folder for each class, named after it, with the pictures (%s) of that class in it.",
                extensions());
    }

    private static String extensions() {
        return String.join(", ", EXTENSIONS.stream().sorted().toList());
    }

    /// What the system lists.
    @FunctionalInterface
    private interface Listing {
        List<Path> of(Path folder) throws IOException;
    }

    private static List<Path> reading(Path folder, Listing listing) {
        try {
            return listing.of(folder);
        } catch (IOException cause) {
            throw new DataFile(folder).failure(cause);
        } catch (UncheckedIOException cause) {
            throw new DataFile(folder).failure(new IOException(cause));
        }
    }

    /// The first folder inside with one of these names.
    static Stream<Path> named(Path folder, List<String> names) {
        return names.stream().map(folder::resolve).filter(Files::isDirectory);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(child -> Files.isDirectory(child) && !isHidden(child))
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file) && !isHidden(file))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        }
    }

    private static boolean isPicture(Path file) {
        String name = name(file);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
