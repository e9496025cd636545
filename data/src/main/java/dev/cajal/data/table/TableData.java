package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.table.TableOptions.Task;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Reconstruction;
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

/// A table of which is known what its columns are and which of them is to be predicted: what a model is trained with.
///
/// ```java
/// var data = TableData.of(Table.read(Path.of("iris.csv")), TableOptions.of().withTarget("species"));
/// IO.println(data.report());
/// var model = network.fit(data.classification(), Fit.of());
/// ```
public final class TableData implements LabelledTable {
    private final Labels labels;
    private final List<Column> columns;
    private final TableInputs inputs;

    private TableData(Labels labels, List<Column> columns, TableInputs inputs) {
        this.labels = labels;
        this.columns = List.copyOf(columns);
        this.inputs = inputs;
    }

    /// Finds out what the columns are. Rows that have no value to predict are left out.
    ///
    /// @throws DataException if there is no such target, nothing to learn in it, nothing to predict it from, or text where a number should be
    public static TableData of(Table table, TableOptions options) {
        return switch (LabelledTable.of(table, options)) {
            case TableData data -> data;
            case TextTable _ -> throw new DataException("table.texts", table.place(), null,
                    "There are only texts to predict from. They need a tokenizer: use TextTable instead of TableData.");
        };
    }

    static TableData of(Labels labels, List<Column> columns, List<Feature> features) {
        var schema = labels.schema(features.stream().map(Feature::column).toList());
        return new TableData(labels, columns, new TableInputs(schema, features, Optional.empty()));
    }

    /// Another table as examples for a model that was trained with one: for measuring it, or for training it further.
    ///
    /// @param targets of the model, with labels that are texts, or numbers
    /// @throws DataException if columns are not there, rows have no label, or a label is none of the model's
    public static <L> Examples<TableRow, L> examples(Table table, TableEncoding inputs, TargetEncoding<L> targets) {
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
        return new Examples<>(inputs, targets, inputs.encode(fitted.table()), targets.encode(labels));
    }

    /// Another table as examples for a model that gives its input back; the column that others predict need not be there.
    ///
    /// @throws DataException if columns are not there
    public static Examples<TableRow, TableRow> reconstructing(Table table, TableEncoding inputs) {
        Rows rows = inputs.encode(inputs.schema().fit(table).table());
        return new Examples<>(inputs, new Reconstruction<>(inputs), rows, rows);
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
            case NextTokens _, Sentences _, Reconstruction<L> _ ->
                throw new IllegalArgumentException("these targets are in no column");
        };
    }

    private static DataException unknown(Place place, String label, ClassTargets<?> classes) {
        var known = classes.classes().stream().map(String::valueOf).toList();
        return new DataException("table.unknown-class", place, null,
                "The model does not know the class \"%s\".%s It knows: %s.", label, Names.suggestion(label, known),
                String.join(", ", known));
    }

    @Override
    public Task task() {
        return labels.target().task();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public List<Phrase> findings() {
        return labels.findings(columns);
    }

    /// How rows become numbers.
    public TableInputs inputs() {
        return inputs;
    }

    /// What a person should know about how the table was read.
    public List<Phrase> notes() {
        return labels.notes();
    }

    /// The rows, labelled with one of several classes.
    ///
    /// @throws DataException if the task is to predict a number
    public Examples<TableRow, String> classification() {
        return switch (labels.target()) {
            case Target.Classes classes -> examples(labels.table(), inputs, classes.encoding());
            case Target.Quantity _ -> throw wrongTask();
        };
    }

    /// The rows, labelled with a number.
    ///
    /// @throws DataException if the task is to predict one of several classes
    public Examples<TableRow, Double> regression() {
        return switch (labels.target()) {
            case Target.Classes _ -> throw wrongTask();
            case Target.Quantity quantity -> examples(labels.table(), inputs, quantity.encoding());
        };
    }

    private DataException wrongTask() {
        var place = labels.table().place().withColumn(labels.name());
        return switch (task()) {
            case CLASSIFICATION -> new DataException("table.classification", place, null,
                    "This is a column for classification: %s. Say otherwise with TableOptions.withTask.",
                    labels.target().describe());
            case REGRESSION -> new DataException("table.regression", place, null,
                    "This is a column for regression: %s. Say otherwise with TableOptions.withTask.",
                    labels.target().describe());
        };
    }

    /// The rows with their labels, whatever the task is.
    public Examples<TableRow, ?> examples() {
        return examples(labels.table(), inputs, labels.target().encoding());
    }
}
