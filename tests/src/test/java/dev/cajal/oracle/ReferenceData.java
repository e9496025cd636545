package dev.cajal.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Data sets that are not part of the project: in the folder that the variable `CAJAL_DATA` names, else in `../shared/data`.
public final class ReferenceData {
    private ReferenceData() {}

    /// A file of the reference data. Where it is absent, the test that asks for it is skipped.
    public static Path file(String name) {
        Path folder = Optional.ofNullable(System.getenv("CAJAL_DATA")).map(Path::of).orElse(beside());
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file),
                () -> file + " is not there; CAJAL_DATA can name the folder of the reference data");
        return file;
    }

    /// Tests run in the module's folder or, from an IDE, in the repository's.
    private static Path beside() {
        Path here = Path.of("").toAbsolutePath();
        Path repository = Files.exists(here.resolve("mvnw")) ? here : here.getParent();
        return repository.resolveSibling("shared").resolve("data");
    }
}
