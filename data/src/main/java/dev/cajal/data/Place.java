package dev.cajal.data;

import dev.cajal.type.Phrase;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// A place in some data.
///
/// @param source the name of the file, or of what the data came from
/// @param line the line in it, from 1
/// @param column the name of the column
public record Place(String source, OptionalLong line, Optional<String> column) {
    /// All of a file.
    public static Place of(Path file) {
        return of(file.toString());
    }

    /// All of what the data came from.
    public static Place of(String source) {
        return new Place(source, OptionalLong.empty(), Optional.empty());
    }

    /// A line of this.
    public Place withLine(long line) {
        return new Place(source, OptionalLong.of(line), column);
    }

    /// A column of this.
    public Place withColumn(String column) {
        return new Place(source, line, Optional.of(column));
    }

    /// As it stands in front of a message: `iris.csv, line 7, column "petal width"`.
    public Phrase phrase() {
        var file = Phrase.verbatim(source);
        var inFile = line.isPresent() ? Phrase.of("place.line", "%s, line %s", file, line.getAsLong()) : file;
        return column.map(name -> Phrase.of("place.column", "%s, column \"%s\"", inFile, name)).orElse(inFile);
    }

    /// In English.
    @Override
    public String toString() {
        return phrase().toString();
    }
}
