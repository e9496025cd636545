package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.data.table.TableOptions.Task;
import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A table of which is known what its columns are and which of them is to be predicted: from the values of columns, or from the texts of one.
public sealed interface LabelledTable permits TableData, TextTable {
    /// Texts that are read have at least so many words on average, if nobody says that they are to be read.
    double LEAST_WORDS = 3;

    /// What is to be predicted.
    Task task();

    /// All columns, the one to predict among them.
    List<Column> columns();

    /// What was found out, a line each: the table, its columns, the notes.
    List<Phrase> findings();

    /// What was found out, for a person to check.
    default String report() {
        return findings().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /// Finds out what the columns are. It is a table of texts where the options name a column of texts, or where the only column to predict from has texts of several words. Rows that have no value
    /// to predict are left out.
    ///
    /// @throws DataException if there is no such column, nothing to learn in the one to predict, nothing to predict it from, or text where a number should be
    static LabelledTable of(Table table, TableOptions options) {
        var labels = Labels.of(table, options);
        options.ignored().forEach(table::position);
        if (options.text().isPresent()) {
            return TextTable.of(labels, Target.position(table, options.text().get()));
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(i == labels.position() ? labels.target().column() : feature(labels.table(), i, options));
        }
        List<Feature> features = columns.stream().filter(column -> !column.equals(labels.target().column()))
                .flatMap(column -> Feature.of(column).stream()).toList();
        if (!features.isEmpty()) {
            return TableData.of(labels, columns.stream().map(Column::withoutText).toList(), features);
        }
        List<Column> texts = columns.stream().filter(LabelledTable::isOfTexts).toList();
        if (texts.size() == 1) {
            return TextTable.of(labels, columns.indexOf(texts.getFirst()));
        }
        throw labels.nothingToPredictFrom(columns.stream().map(Column::withoutText).toList());
    }

    private static boolean isOfTexts(Column column) {
        return column.type() instanceof ColumnType.FreeText texts && texts.words() >= LEAST_WORDS;
    }

    private static Column feature(Table table, int position, TableOptions options) {
        String name = table.columns().get(position);
        return options.ignored().contains(name)
                ? new Column(name, new ColumnType.Ignored(Phrase.of("column.asked", "left out as asked for")), 0)
                : ColumnInference.feature(table, position);
    }
}
