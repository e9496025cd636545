package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.data.table.TableOptions.Task;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.type.Phrase;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The column that is to be predicted.
sealed interface Target {
    /// The column.
    Column column();

    /// What is to be predicted.
    Task task();

    /// In words, for a report.
    Phrase describe();

    /// How its values become numbers.
    TargetEncoding<?> encoding();

    /// One of several classes.
    ///
    /// @param counts how many rows each class has, in the order of a network's outputs
    record Classes(Column column, SequencedMap<String, Integer> counts) implements Target {
        @Override
        public Task task() {
            return Task.CLASSIFICATION;
        }

        @Override
        public Phrase describe() {
            return Phrase.of("column.classes", "%s classes: %s", counts.size(), ColumnType.Categories.some(counts));
        }

        @Override
        public TargetEncoding<String> encoding() {
            return new ClassTargets<>(List.copyOf(counts.keySet()));
        }
    }

    /// A number.
    ///
    /// @param comma whether decimals stand behind a comma
    record Quantity(Column column, boolean comma) implements Target {
        @Override
        public Task task() {
            return Task.REGRESSION;
        }

        @Override
        public Phrase describe() {
            return column.type().describe();
        }

        @Override
        public TargetEncoding<Double> encoding() {
            return NumberTargets.of(NumberTargets.Kind.DOUBLE, 1);
        }
    }

    /// More whole numbers than this are quantities, not names of classes.
    int MOST_NUMBERED_CLASSES = 20;
    /// A class has so many rows on average.
    int ROWS_OF_A_CLASS = 10;

    /// The position of the column that a person means.
    ///
    /// @param wanted its exact name, else its number from 1, else `last`
    /// @throws DataException if there is no such column; offers the nearest name
    static int position(Table table, String wanted) {
        int named = table.columns().indexOf(wanted);
        if (named >= 0) {
            return named;
        }
        if (wanted.equals("last")) {
            return table.columns().size() - 1;
        }
        if (wanted.matches("\\d{1,9}")) {
            int number = Integer.parseInt(wanted);
            if (number < 1 || number > table.columns().size()) {
                throw new DataException("table.no-column-number", table.place(), null,
                        "There is no column %s: the table has columns 1 to %s.", number,
                        table.columns().size());
            }
            return number - 1;
        }
        return table.position(wanted);
    }

    /// What a column offers to predict.
    ///
    /// @throws DataException if there is nothing to tell apart in it, or if it does not fit the task
    static Target of(Table table, int position, Optional<Task> task) {
        var column = ColumnInference.target(table, position);
        return switch (column.type()) {
            case ColumnType.Numbers numbers -> task.orElseGet(() -> task(table, position, numbers)) == Task.REGRESSION
                    ? quantity(table, column, numbers)
                    : classes(table, position, column);
            case ColumnType.Categories _, ColumnType.Truth _, ColumnType.FreeText _, ColumnType.Ignored _ -> {
                if (task.equals(Optional.of(Task.REGRESSION))) {
                    throw new DataException("table.texts-as-target", table.place().withColumn(column.name()), null,
                            "The column is to be predicted as a number, but has texts in it: %s.", column.describe());
                }
                yield classes(table, position, column);
            }
        };
    }

    private static Task task(Table table, int position, ColumnType.Numbers numbers) {
        long distinct = labels(table, position).size();
        boolean few = distinct <= MOST_NUMBERED_CLASSES && table.size() >= ROWS_OF_A_CLASS * distinct;
        return numbers.whole() && few ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private static Target quantity(Table table, Column column, ColumnType.Numbers numbers) {
        if (numbers.smallest() == numbers.largest()) {
            throw new DataException("table.one-value", table.place().withColumn(column.name()), null,
                    "The column to predict has the same number, %s, in every row: there is nothing to learn.",
                    numbers.smallest());
        }
        return new Quantity(column, numbers.comma());
    }

    private static Target classes(Table table, int position, Column column) {
        var labels = labels(table, position);
        int rows = table.size() - column.missing();
        if (labels.size() == 1) {
            throw new DataException("table.one-class", table.place().withColumn(column.name()), null,
                    "All rows belong to one class, \"%s\": there is nothing to tell apart. Rows of at least two classes are needed.",
                    labels.firstEntry().getKey());
        }
        if (labels.size() * 2 > rows && labels.size() > MOST_NUMBERED_CLASSES) {
            throw new DataException("table.too-many-classes", table.place().withColumn(column.name()), null,
                    "The column to predict has %s different texts in %s rows: these are no classes. Choose another column as target.",
                    labels.size(), rows);
        }
        return new Classes(column, labels);
    }

    /// The labels in a column and how often they come: numbers by size, then texts by the alphabet.
    private static SequencedMap<String, Integer> labels(Table table, int position) {
        SequencedMap<String, Integer> counts = new TreeMap<>(Comparator.<String, Double>comparing(
                text -> Texts.number(text).orElse(Double.POSITIVE_INFINITY)).thenComparing(Comparator.naturalOrder()));
        table.counts(position).forEach((text, count) -> {
            if (!Texts.isMissing(text)) {
                counts.merge(label(text), count, Integer::sum);
            }
        });
        return counts;
    }

    /// The label that a text means: `1.0` is `1`.
    static String label(String text) {
        return Texts.number(text)
                .filter(number -> number == Math.rint(number) && Math.abs(number) < 1e15)
                .map(number -> String.valueOf(number.longValue()))
                .orElse(text);
    }
}
