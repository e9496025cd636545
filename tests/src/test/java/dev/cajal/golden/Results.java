package dev.cajal.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of published figures beside those that golden tests reach: `target/results.md`, of which `docs/results.md` is a copy.
///
/// Each test leaves its own lines, so that the table can be made again test by test.
final class Results {
    private static final String HEAD = """
            # Published results, reproduced

            Figures that somebody else measured and published, beside what Cajal reaches with the same data. Each line is a test that fails if the
            figure is missed (package `dev.cajal.golden` in the module `tests`); data is read from `CAJAL_DATA`, else from `../shared/data`. Seconds are
            of one seed, training and measuring, on the machine that made this page, and no test asserts them.

            To make this page again:

            ```
            ./mvnw test -Dtest='dev.cajal.golden.*Test' && cp tests/target/results.md docs/results.md
            ```

            | task | configuration | published | reached | seconds | seeds |
            |---|---|---|---|---:|---|
            """;

    private static final Path PARTS = Path.of("target", "results");

    private Results() {}

    /// A line of the table.
    record Line(String task, String configuration, String published, String reached, double seconds, String seeds) {
        private String markdown() {
            return String.format(
                    Locale.ROOT, "| %s | %s | %s | %s | %.1f | %s |\n", task, configuration, published, reached,
                    seconds, seeds);
        }
    }

    /// Puts lines in the place of what the same test said before.
    ///
    /// @param order where in the table, and the test's name
    static synchronized void write(String order, Line... lines) throws IOException {
        Files.createDirectories(PARTS);
        Files.writeString(
                PARTS.resolve(order + ".md"), Stream.of(lines).map(Line::markdown).collect(Collectors.joining()));
        List<Path> parts;
        try (Stream<Path> files = Files.list(PARTS)) {
            parts = files.sorted().toList();
        }
        StringBuilder table = new StringBuilder(HEAD);
        for (Path part : parts) {
            table.append(Files.readString(part));
        }
        Files.writeString(PARTS.resolveSibling("results.md"), table);
    }
}
