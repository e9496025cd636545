package dev.cajal.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A table of figures that a script of `src/test/python` computed.
///
/// @param origin the versions of the programs it was made with
/// @param rows the cells of each row, without the header
record Fixture(String origin, List<List<String>> rows) {
    static Fixture read(String name) {
        try (InputStream stream = Objects.requireNonNull(Fixture.class.getResourceAsStream(name), name)) {
            List<String> lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return new Fixture(
                    lines.getFirst().substring(2),
                    lines.stream().skip(2).map(Fixture::cells).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Split at the last two commas, since the first cell may hold some.
    private static List<String> cells(String line) {
        int last = line.lastIndexOf(',');
        int first = line.lastIndexOf(',', last - 1);
        return List.of(line.substring(0, first), line.substring(first + 1, last), line.substring(last + 1));
    }
}
