package dev.cajal.data.folder;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The pictures below a folder by class: a folder for each, with pictures at any depth. In the order of their names, so that nothing depends on the
/// file system.
///
/// @param folder that has a folder for each class
/// @param classes the names of these folders
/// @param pictures their paths
/// @param labels for each picture the number of its class
/// @param others how many files of the classes are no pictures by their names
/// @param loose how many pictures lie in no folder of a class
/// @param empty folders that have no pictures
record ClassFolders(Path folder, List<String> classes, List<Path> pictures, List<Integer> labels, long others,
        long loose, List<Path> empty) {

    /// The classes and their pictures, to learn from. Looks at the names of files, not into them.
    ///
    /// @throws DataException if it cannot be read, or there are no classes or no pictures
    static ClassFolders of(Path folder) {
        ClassFolders found = in(folder, FolderListing.folders(folder), FolderListing.loose(folder));
        if (found.pictures().isEmpty()) {
            throw none(folder);
        }
        return found;
    }

    /// All pictures below a folder and in it, whatever folders they are in: one class, which has the folder's name.
    ///
    /// @throws DataException if it cannot be read, or there are none
    static ClassFolders all(Path folder) {
        ClassFolders found = in(folder, List.of(folder), 0);
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
        ClassFolders found = in(folder, FolderListing.folders(folder), 0);
        boolean isClass = known.contains(FolderListing.name(folder.toAbsolutePath().normalize()));
        return isClass && found.classes().stream().noneMatch(known::contains) ? all(folder) : of(folder);
    }

    /// @param classFolders the pictures of a class are in each
    private static ClassFolders in(Path folder, List<Path> classFolders, long loose) {
        List<String> classes = new ArrayList<>();
        List<Path> pictures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<Path> empty = new ArrayList<>();
        long others = 0;
        for (Path child : classFolders) {
            int before = pictures.size();
            for (Path file : FolderListing.files(child)) {
                if (FolderListing.isPicture(file)) {
                    pictures.add(file);
                    labels.add(classes.size());
                } else {
                    others++;
                }
            }
            if (pictures.size() > before) {
                classes.add(FolderListing.name(child.toAbsolutePath().normalize()));
            } else {
                empty.add(child);
            }
        }
        return new ClassFolders(folder, classes, pictures, labels, others, loose, empty);
    }

    private static DataException none(Path folder) {
        return new DataException("folder.no-pictures", Place.of(folder), null,
                "There are no pictures in folders here. A folder of pictures has a folder for each class, named after it, with the pictures (%s) of that class in it.",
                extensions());
    }

    private static String extensions() {
        return String.join(", ", FolderListing.EXTENSIONS.stream().sorted().toList());
    }
}
