package dev.cajal.data.table;

import java.util.Optional;

/// What is known about a CSV file beforehand. What is not said is found out by looking at the file.
///
/// @param header whether the first line has the names of the columns
/// @param delimiter what stands between two fields
public record CsvOptions(Optional<Boolean> header, Optional<Character> delimiter) {
    /// Nothing is known.
    public static CsvOptions of() {
        return new CsvOptions(Optional.empty(), Optional.empty());
    }

    /// These options, knowing whether the first line has the names of the columns.
    public CsvOptions withHeader(boolean header) {
        return new CsvOptions(Optional.of(header), delimiter);
    }

    /// These options, knowing what stands between two fields.
    public CsvOptions withDelimiter(char delimiter) {
        return new CsvOptions(header, Optional.of(delimiter));
    }
}
