package dev.cajal.data.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A row of a table: texts by the names of their columns. What a model of a table predicts from.
///
/// ```java
/// model.predict(TableRow.of(Map.of("petal length", "4.7", "petal width", "1.4"))).label()
/// ```
///
/// @param fields the texts; a column that is not there counts as a missing value
public record TableRow(SequencedMap<String, String> fields) {
    public TableRow {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /// A row of the given fields.
    public static TableRow of(Map<String, String> fields) {
        return new TableRow(new LinkedHashMap<>(fields));
    }

    /// The text in a column, empty where there is none.
    public String get(String column) {
        return fields.getOrDefault(column, "");
    }
}
