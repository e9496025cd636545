package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.table.TableOptions.Task;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.type.Names;
import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table of which is known what its columns are and which of them is to be predicted: what a model is trained with.
///
/// ```java
/// var data = TableData.of(Table.read(Path.of("iris.csv")), TableOptions.of().withTarget("species"));
/// IO.println(data.report());
/// var model = network.fit(data.classification(), Fit.of());
/// ```
public final class TableData {
    private final Table table;
    private final List<Column> columns;
    private final Target target;
    private final TableInputs inputs;
    private final List<Phrase> notes;

    private TableData(Table table, List<Column> columns, Target target, TableInputs inputs, List<Phrase> notes) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.target = target;
        this.inputs = inputs;
        this.notes = List.copyOf(notes);
    }

    /// Finds out what the columns are. Rows that have no value to predict are left out.
    ///
    /// @throws DataException if there is no such target, nothing to learn in it, nothing to predict it from, or text where a number should be
    public static TableData of(Table table, TableOptions options) {
        int position = Target.position(table, options.target());
        String name = table.columns().get(position);
        List<Phrase> notes = new ArrayList<>(table.notes());
        var target = Target.of(table, position, options.task());
        var rows = labelled(table, position);
        if (rows.size() < table.size()) {
            int left = table.size() - rows.size();
            notes.add(left == 1
                    ? Phrase.of("note.one-left-out", "1 row has no value in column \"%s\" and was left out.", name)
                    : Phrase.of("note.left-out", "%s rows have no value in column \"%s\" and were left out.", left,
                            name));
        }
        options.ignored().forEach(table::position);
        List<Column> columns = new ArrayList<>();
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            var column = i == position ? target.column() : feature(rows, i, options);
            columns.add(column);
            if (i != position) {
                Feature.of(column).ifPresent(features::add);
            }
        }
        if (features.isEmpty()) {
            throw columns.size() == 1
                    ? new DataException("table.only-target", table.place(), null,
                            "There is no column to predict \"%s\" from. The table has only this one.", name)
                    : new DataException("table.no-features", table.place(), null,
                            "There is no column to predict \"%s\" from. All others are ignored:\n%s", name,
                            Phrase.joined("\n", lines(columns, target)));
        }
        var used = features.stream().map(Feature::column).toList();
        var schema = new TableSchema(table.columns(), table.hasHeader(), name, used);
        return new TableData(rows, columns, target, new TableInputs(schema, features, Optional.empty()), notes);
    }

    private static Column feature(Table table, int position, TableOptions options) {
        String name = table.columns().get(position);
        return options.ignored().contains(name)
                ? new Column(name, new ColumnType.Ignored(Phrase.of("column.asked", "left out as asked for")), 0)
                : ColumnInference.feature(table, position);
    }

    private static Table labelled(Table table, int position) {
        return table.select(IntStream.range(0, table.size())
                .filter(row -> !Texts.isMissing(table.get(row, position)))
                .toArray());
    }

    /// Another table as examples for a model that was trained with one: for measuring it, or for training it further.
    ///
    /// @param targets of the model, with labels that are texts, or numbers
    /// @throws DataException if columns are not there, rows have no label, or a label is none of the model's
    public static <L> Examples<TableRow, L> examples(Table table, TableInputs inputs, TargetEncoding<L> targets) {
        var fitted = inputs.schema().fit(table);
        String target = inputs.schema().target();
        if (!fitted.hasTarget()) {
            throw new DataException("table.no-target", table.place(), null,
                    "The column to predict, \"%s\", is not in this table, so there is nothing to compare predictions with.",
                    target);
        }
        int position = fitted.table().position(target);
        List<L> labels = new ArrayList<>();
        Map<String, L> known = new HashMap<>();
        for (int row = 0; row < table.size(); row++) {
            int at = row;
            labels.add(known.computeIfAbsent(fitted.table().get(row, position),
                    _ -> label(fitted.table(), at, position, targets)));
        }
        return new Examples<>(inputs, targets, encode(fitted.table(), inputs), targets.encode(labels));
    }

    @SuppressWarnings("unchecked")
    private static <L> L label(Table table, int row, int position, TargetEncoding<L> targets) {
        String text = table.get(row, position);
        var place = table.place(row).withColumn(table.columns().get(position));
        if (Texts.isMissing(text)) {
            throw new DataException("table.no-label", place, null,
                    "There is no value to compare the prediction with. Fill it in, or leave this line out.");
        }
        return switch (targets) {
            case ClassTargets<L> classes -> {
                String label = Target.label(text);
                yield classes.classes().stream()
                        .filter(known -> String.valueOf(known).equals(label))
                        .findFirst()
                        .orElseThrow(() -> unknown(place, label, classes));
            }
            case NumberTargets<L> _ -> (L) Texts.number(text)
                    .or(() -> Texts.commaNumber(text))
                    .orElseThrow(() -> new DataException("table.number-needed", place, null,
                            "A number is needed, but there is \"%s\".", text));
            case NextTokens _, Sentences _ ->
                throw new IllegalArgumentException("a model of tables does not write texts");
        };
    }

    private static DataException unknown(Place place, String label, ClassTargets<?> classes) {
        var known = classes.classes().stream().map(String::valueOf).toList();
        return new DataException("table.unknown-class", place, null,
                "The model does not know the class \"%s\".%s It knows: %s.", label, Names.suggestion(label, known),
                String.join(", ", known));
    }

    private static Rows encode(Table table, TableInputs inputs) {
        int width = Math.toIntExact(inputs.shape().size());
        int[] positions = inputs.features().stream().mapToInt(feature -> table.position(feature.column())).toArray();
        double[] row = new double[width];
        float[] numbers = new float[Math.multiplyExact(table.size(), width)];
        for (int i = 0; i < table.size(); i++) {
            int at = 0;
            for (int j = 0; j < positions.length; j++) {
                var feature = inputs.features().get(j);
                encode(table, i, positions[j], feature, row, at);
                at += feature.width();
            }
            for (int j = 0; j < width; j++) {
                numbers[i * width + j] = (float) row[j];
            }
        }
        return Rows.of(numbers, inputs.shape());
    }

    private static void encode(Table table, int row, int position, Feature feature, double[] target, int offset) {
        try {
            feature.encode(table.get(row, position), target, offset);
        } catch (DataException withoutPlace) {
            throw withoutPlace.at(table.place(row));
        }
    }

    /// What is to be predicted.
    public Task task() {
        return target.task();
    }

    /// All columns, the one to predict among them.
    public List<Column> columns() {
        return columns;
    }

    /// How rows become numbers.
    public TableInputs inputs() {
        return inputs;
    }

    /// What a person should know about how the table was read.
    public List<Phrase> notes() {
        return notes;
    }

    /// The rows, labelled with one of several classes.
    ///
    /// @throws DataException if the task is to predict a number
    public Examples<TableRow, String> classification() {
        return switch (target) {
            case Target.Classes classes -> examples(table, inputs, classes.encoding());
            case Target.Quantity _ -> throw wrongTask();
        };
    }

    /// The rows, labelled with a number.
    ///
    /// @throws DataException if the task is to predict one of several classes
    public Examples<TableRow, Double> regression() {
        return switch (target) {
            case Target.Classes _ -> throw wrongTask();
            case Target.Quantity quantity -> examples(table, inputs, quantity.encoding());
        };
    }

    private DataException wrongTask() {
        var place = table.place().withColumn(target.column().name());
        return switch (task()) {
            case CLASSIFICATION -> new DataException("table.classification", place, null,
                    "This is a column for classification: %s. Say otherwise with TableOptions.withTask.",
                    target.describe());
            case REGRESSION -> new DataException("table.regression", place, null,
                    "This is a column for regression: %s. Say otherwise with TableOptions.withTask.",
                    target.describe());
        };
    }

    /// The rows with their labels, whatever the task is.
    public Examples<TableRow, ?> examples() {
        return switch (task()) {
            case CLASSIFICATION -> classification();
            case REGRESSION -> regression();
        };
    }

    /// What was found out, for a person to check.
    public String report() {
        return findings().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /// What was found out, a line each: the table, its columns, the notes.
    public List<Phrase> findings() {
        List<Phrase> lines = new ArrayList<>();
        lines.add(table.hasHeader()
                ? Phrase.of("table.named", "%s: %s rows, %s columns, their names in the first line.",
                        table.place().phrase(), table.size(), columns.size())
                : Phrase.of("table.unnamed", "%s: %s rows, %s columns, without names.",
                        table.place().phrase(), table.size(), columns.size()));
        lines.addAll(lines(columns, target));
        lines.addAll(notes);
        return lines;
    }

    private static List<Phrase> lines(List<Column> columns, Target target) {
        int width = columns.stream().mapToInt(column -> column.name().length()).max().orElse(0);
        return columns.stream().map(column -> {
            var what = column.equals(target.column())
                    ? Phrase.of("column.target", "to predict: %s", target.describe())
                    : column.describe();
            String indented = "  " + column.name() + " ".repeat(width - column.name().length() + 2);
            return Phrase.of("", "%s%s", indented, what);
        }).toList();
    }
}
