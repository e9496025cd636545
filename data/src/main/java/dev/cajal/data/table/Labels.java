package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The rows of a table that have a value to predict.
///
/// @param table those rows
/// @param position of the column to predict
/// @param target what is to be predicted
/// @param notes what a person should know about how the table was read
record Labels(Table table, int position, Target target, List<Phrase> notes) {
    Labels {
        notes = List.copyOf(notes);
    }

    /// @throws DataException if there is no such target, or nothing to learn in it
    static Labels of(Table table, TableOptions options) {
        int position = Target.position(table, options.target());
        return new Labels(table, position, Target.of(table, position, options.task()), table.notes())
                .where(position, text -> !Texts.isMissing(text));
    }

    /// The rows with such a text in a column, and a note about how many others there were.
    Labels where(int column, Predicate<String> condition) {
        int[] rows = IntStream.range(0, table.size()).filter(row -> condition.test(table.get(row, column))).toArray();
        int left = table.size() - rows.length;
        if (left == 0) {
            return this;
        }
        String name = table.columns().get(column);
        List<Phrase> more = new ArrayList<>(notes);
        more.add(left == 1
                ? Phrase.of("note.one-left-out", "1 row has no value in column \"%s\" and was left out.", name)
                : Phrase.of("note.left-out", "%s rows have no value in column \"%s\" and were left out.", left, name));
        return new Labels(table.select(rows), position, target, more);
    }

    /// The name of the column to predict.
    String name() {
        return target.column().name();
    }

    /// The columns that a model is made for.
    TableSchema schema(List<String> used) {
        return new TableSchema(table.columns(), table.hasHeader(), name(), used);
    }

    /// What was found out, a line each: the table, its columns, the notes.
    List<Phrase> findings(List<Column> columns) {
        List<Phrase> lines = new ArrayList<>();
        lines.add(table.hasHeader()
                ? Phrase.of("table.named", "%s: %s rows, %s columns, their names in the first line.",
                        table.place().phrase(), table.size(), columns.size())
                : Phrase.of("table.unnamed", "%s: %s rows, %s columns, without names.",
                        table.place().phrase(), table.size(), columns.size()));
        lines.addAll(lines(columns));
        lines.addAll(notes);
        return lines;
    }

    private List<Phrase> lines(List<Column> columns) {
        int width = columns.stream().mapToInt(column -> column.name().length()).max().orElse(0);
        return columns.stream().map(column -> {
            var what = column.equals(target.column())
                    ? Phrase.of("column.target", "to predict: %s", target.describe())
                    : column.describe();
            String indented = "  " + column.name() + " ".repeat(width - column.name().length() + 2);
            return Phrase.of("", "%s%s", indented, what);
        }).toList();
    }

    DataException nothingToPredictFrom(List<Column> columns) {
        return columns.size() == 1
                ? new DataException("table.only-target", table.place(), null,
                        "There is no column to predict \"%s\" from. The table has only this one.", name())
                : new DataException("table.no-features", table.place(), null,
                        "There is no column to predict \"%s\" from. All others are ignored:\n%s", name(),
                        Phrase.joined("\n", lines(columns)));
    }
}
