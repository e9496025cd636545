package dev.cajal.data.folder;

import dev.cajal.type.Phrase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What of a folder of pictures is not read, so that nothing is missing unsaid.
final class LeftOut {
    private static final int NAMED = 10;

    private LeftOut() {}

    /// A sentence for each kind of things.
    ///
    /// @param folder that somebody named
    /// @param parts of it, of which all that is read is in `read`
    static List<Phrase> of(Path folder, PictureParts parts, List<ClassFolders> read) {
        List<Phrase> findings = new ArrayList<>();
        long others = read.stream().mapToLong(ClassFolders::others).sum();
        if (others > 0) {
            findings.add(Phrase.of("folder.others", "Left out, since by their names they are no pictures: %s file(s).",
                    others));
        }
        boolean inParts = !parts.train().equals(folder);
        long loose = read.stream().mapToLong(ClassFolders::loose).sum() + (inParts ? FolderListing.loose(folder) : 0);
        if (loose > 0) {
            findings.add(Phrase.of("folder.loose", "Left out, since they lie in no folder of a class: %s picture(s).",
                    loose));
        }
        List<Path> empty = read.stream().flatMap(each -> each.empty().stream()).toList();
        if (!empty.isEmpty()) {
            findings.add(Phrase.of("folder.empty", "Left out, since there are no pictures in them: the folder(s) %s.",
                    names(folder, empty)));
        }
        if (!parts.unread().isEmpty()) {
            findings.add(Phrase.of("folder.unread",
                    "Left out, since they are neither what is learned from nor what is measured with: the folder(s) %s.",
                    names(folder, parts.unread())));
        }
        return findings;
    }

    private static String names(Path folder, List<Path> some) {
        List<String> names = new ArrayList<>(
                some.stream().limit(NAMED).map(path -> folder.relativize(path).toString()).toList());
        if (some.size() > NAMED) {
            names.add("...");
        }
        return String.join(", ", names);
    }
}
