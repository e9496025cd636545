package dev.cajal.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Real data that tests read where it is there: in the folder that `CAJAL_DATA` names, else in `../shared/data` seen from the repository.
public final class SharedData {
    private SharedData() {}

    /// A file or folder; the test is skipped where it is not there.
    public static Path path(String name) {
        var found = folders().map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
        assumeTrue(found.isPresent(), () -> name + " is neither below CAJAL_DATA nor below ../shared/data");
        return found.orElseThrow();
    }

    private static Stream<Path> folders() {
        String named = System.getenv("CAJAL_DATA");
        var above = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("../shared/data").normalize());
        return Stream.concat(Stream.ofNullable(named).map(Path::of), above);
    }
}
