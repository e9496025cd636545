package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.TextFile;
import dev.cajal.type.Names;
import dev.cajal.type.Phrase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// A table of texts, as it stands in a file: nothing is converted yet.
public final class Table {
    private final Place place;
    private final boolean header;
    private final List<String> columns;
    private final List<CsvRecords.Fields> rows;
    private final List<Phrase> notes;

    private Table(Place place, boolean header, List<String> columns, List<CsvRecords.Fields> rows, List<Phrase> notes) {
        this.place = place;
        this.header = header;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.notes = List.copyOf(notes);
    }

    /// Reads a CSV file (which may be compressed with gzip), finding out delimiter, encoding and whether there is a line with names.
    ///
    /// @throws DataException if it cannot be read, is not CSV, or has no rows
    public static Table read(Path file) {
        return read(file, CsvOptions.of());
    }

    /// Reads a CSV file of which something is known.
    ///
    /// @throws DataException if it cannot be read, is not CSV, or has no rows
    public static Table read(Path file, CsvOptions options) {
        var text = TextFile.read(file);
        return parse(Place.of(file), text.text(), options, text.notes());
    }

    /// Reads CSV from a text.
    ///
    /// @param source what the text came from, for messages
    /// @throws DataException if it is not CSV, or has no rows
    public static Table parse(String source, String text, CsvOptions options) {
        return parse(Place.of(source), text, options, List.of());
    }

    private static Table parse(Place place, String text, CsvOptions options, List<Phrase> notes) {
        char delimiter = options.delimiter().orElseGet(() -> CsvRecords.delimiter(text));
        var records = CsvRecords.read(text, delimiter, place);
        if (records.isEmpty()) {
            throw new DataException("table.empty", place, null, "There is nothing in it but empty lines.");
        }
        boolean header = options.header().orElseGet(() -> Header.isPresent(records));
        int width = records.getFirst().size();
        if (!header) {
            return new Table(place, false, numbered(width), records, notes);
        }
        if (records.size() == 1) {
            throw new DataException("table.no-rows", place, null,
                    "There is only one line, and it has the names of the columns; no rows follow.");
        }
        var names = Header.names(records.getFirst(), place);
        return new Table(place, true, names, records.subList(1, records.size()), notes);
    }

    private static List<String> numbered(int width) {
        return IntStream.rangeClosed(1, width).mapToObj(Header::name).toList();
    }

    /// What the table was read from, as it stands in messages.
    public Place place() {
        return place;
    }

    /// Whether the names of the columns were in the file; otherwise they are `column 1`, `column 2`...
    public boolean hasHeader() {
        return header;
    }

    /// The names of the columns.
    public List<String> columns() {
        return columns;
    }

    /// The number of rows.
    public int size() {
        return rows.size();
    }

    /// A field.
    ///
    /// @param row its position, from 0
    /// @param column its position, from 0
    public String get(int row, int column) {
        return rows.get(row).fields().get(column);
    }

    /// Where a row stands in the file.
    ///
    /// @param row its position, from 0
    public Place place(int row) {
        return place.withLine(rows.get(row).line());
    }

    /// A row, by its position from 0.
    public TableRow row(int row) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.put(columns.get(i), get(row, i));
        }
        return new TableRow(fields);
    }

    /// All rows.
    public List<TableRow> rows() {
        return IntStream.range(0, size()).mapToObj(this::row).toList();
    }

    /// What a person should know about how the file was read.
    public List<Phrase> notes() {
        return notes;
    }

    /// The rows at the given positions.
    public Table select(int... positions) {
        return new Table(place, header, columns, IntStream.of(positions).mapToObj(rows::get).toList(), notes);
    }

    /// This table with other names for its columns, as many.
    public Table withColumns(List<String> names) {
        if (names.size() != columns.size()) {
            throw new DataException("table.names", place, null, "The table has %s columns, but got %s names: %s.",
                    columns.size(), names.size(), names);
        }
        return new Table(place, header, names, rows, notes);
    }

    /// The position of a column.
    ///
    /// @throws DataException if there is none of that name; offers the nearest
    public int position(String column) {
        int position = columns.indexOf(column);
        if (position < 0) {
            throw new DataException("table.no-column", place, null, "There is no column \"%s\".%s The columns are: %s.",
                    column, Names.suggestion(column, columns), String.join(", ", columns));
        }
        return position;
    }

    /// The position of the column that a person means: by its exact name, else its number from 1, else `last`.
    ///
    /// @throws DataException if there is no such column; offers the nearest name
    public int positionOf(String wanted) {
        return Target.position(this, wanted);
    }

    /// How often each text comes in a column, in the order in which they come first.
    SequencedMap<String, Integer> counts(int column) {
        SequencedMap<String, Integer> counts = new LinkedHashMap<>();
        for (CsvRecords.Fields row : rows) {
            counts.merge(row.fields().get(column), 1, Integer::sum);
        }
        return counts;
    }

    @Override
    public String toString() {
        return "Table[" + place + ": " + size() + " rows of " + columns + "]";
    }
}
