package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.type.Names;
import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.List;

/// The columns of the table that a model was trained with. Part of a saved model: other tables are fitted to it.
///
/// @param columns the names of all columns, in order
/// @param named whether these names stood in the file
/// @param target the name of the column to predict
/// @param used the names of the columns that are predicted from
public record TableSchema(List<String> columns, boolean named, String target, List<String> used) {
    public TableSchema {
        columns = List.copyOf(columns);
        used = List.copyOf(used);
    }

    /// A table whose columns have the names that the model knows.
    ///
    /// @param table the table
    /// @param hasTarget whether the column to predict is among them
    /// @param notes what a person should know about how the columns were matched
    public record Fitted(Table table, boolean hasTarget, List<Phrase> notes) {
        public Fitted {
            notes = List.copyOf(notes);
        }
    }

    /// A table as the model needs it. Where both have names columns may be in any order, and others be among them; otherwise the columns are taken in
    /// the order of training, with or without the one to predict.
    ///
    /// @throws DataException if a column that the model needs is not there
    public Fitted fit(Table table) {
        return named && table.hasHeader() ? byName(table) : byOrder(table);
    }

    private Fitted byName(Table table) {
        var missing = used.stream().filter(name -> !table.columns().contains(name)).toList();
        if (!missing.isEmpty()) {
            String first = missing.getFirst();
            var suggestion = Names.suggestion(first, table.columns());
            throw missing.size() == 1
                    ? new DataException("table.missing-column", table.place(), null,
                            "The model needs the column \"%s\", which is not there.%s The columns are: %s.",
                            first, suggestion, quoted(table.columns()))
                    : new DataException("table.missing-columns", table.place(), null,
                            "The model needs the columns %s, which are not there.%s The columns are: %s.",
                            quoted(missing), suggestion, quoted(table.columns()));
        }
        List<Phrase> notes = new ArrayList<>(table.notes());
        var extra = table.columns().stream().filter(name -> !columns.contains(name)).toList();
        if (!extra.isEmpty()) {
            notes.add(Phrase.of("note.not-used", "Not used, since the model was trained without: %s.", quoted(extra)));
        }
        return new Fitted(table, table.columns().contains(target), notes);
    }

    private Fitted byOrder(Table table) {
        var withoutTarget = columns.stream().filter(name -> !name.equals(target)).toList();
        int width = table.columns().size();
        if (width != columns.size() && width != withoutTarget.size()) {
            throw new DataException("table.columns", table.place(), null,
                    "The model was trained with %s columns, %s of them to predict from; this table has %s, and there are no names on both sides to match "
                            + "them by.",
                    columns.size(), withoutTarget.size(), width);
        }
        boolean hasTarget = width == columns.size();
        List<Phrase> notes = new ArrayList<>(table.notes());
        if (named || table.hasHeader()) {
            notes.add(Phrase.of("note.order",
                    "Only one of the two tables has names of columns, so the columns are taken in the order of training."));
        }
        return new Fitted(table.withColumns(hasTarget ? columns : withoutTarget), hasTarget, notes);
    }

    private static String quoted(List<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }
}
