package dev.cajal.data.table;

import dev.cajal.type.Phrase;

/// A column of a table and what was found in it.
///
/// @param name of the column
/// @param type what its texts are
/// @param missing how many rows have no value in it
public record Column(String name, ColumnType type, int missing) {
    /// The same; if it has texts, they are ignored.
    Column withoutText() {
        return type instanceof ColumnType.FreeText texts ? new Column(name, texts.ignored(), missing) : this;
    }

    /// In words, for a report.
    public Phrase describe() {
        return missing > 0
                ? Phrase.of("column.missing", "%s, %s missing", type.describe(), missing)
                : type.describe();
    }
}
