package dev.cajal.data.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What of a folder is learned from, and what is measured with: folders named after that, in capital or small letters, or all of it.
///
/// A class may be called `train` too. So these names stand for parts only where nothing but parts is there, or where both have folders of classes inside.
///
/// @param train the folder with the folders of the classes to learn from
/// @param test the one to measure with
/// @param unread folders with pictures that are neither
record PictureParts(Path train, Optional<Path> test, List<Path> unread) {
    private static final List<String> TRAIN = List.of("train", "training");
    /// Where there are several, the first of these is measured with.
    private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");

    /// The parts of a folder.
    static PictureParts of(Path folder) {
        List<Path> all = FolderListing.folders(folder);
        Optional<Path> train = named(all, TRAIN);
        if (train.isEmpty()) {
            return whole(folder);
        }
        List<Path> filled = all.stream().filter(FolderListing::hasPictures).toList();
        Optional<Path> test = named(filled, TEST).or(() -> named(all, TEST));
        List<Path> unread = filled.stream()
                .filter(each -> !each.equals(train.get()) && !test.equals(Optional.of(each)))
                .toList();
        boolean onlyParts = unread.stream().allMatch(PictureParts::isPart);
        boolean haveClasses = hasClasses(train.get()) && test.filter(PictureParts::hasClasses).isPresent();
        return onlyParts || haveClasses
                ? new PictureParts(train.get(), test, unread)
                : whole(folder);
    }

    /// A folder that has no parts.
    static PictureParts whole(Path folder) {
        return new PictureParts(folder, Optional.empty(), List.of());
    }

    private static Optional<Path> named(List<Path> folders, List<String> names) {
        return names.stream()
                .flatMap(name -> folders.stream().filter(folder -> lowerName(folder).equals(name)))
                .findFirst();
    }

    private static boolean isPart(Path folder) {
        return TRAIN.contains(lowerName(folder)) || TEST.contains(lowerName(folder));
    }

    private static boolean hasClasses(Path folder) {
        return FolderListing.folders(folder).stream().anyMatch(FolderListing::hasPictures);
    }

    private static String lowerName(Path folder) {
        return FolderListing.name(folder).toLowerCase(Locale.ROOT);
    }
}
