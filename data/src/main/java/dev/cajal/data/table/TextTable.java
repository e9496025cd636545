package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.data.table.TableOptions.Task;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.PaddedTexts;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.Phrase;
import java.util.List;
import java.util.stream.IntStream;

/// A table with a column of texts, from which another column is to be predicted: texts to be classified. Rows without a text are left out.
///
/// ```java
/// var reviews = TextTable.of(Table.read(Path.of("reviews.csv")), TableOptions.of().withTarget("stars").withText("review"));
/// var parts = reviews.split(0.2, 1);
/// var words = Words.learn(parts.train().texts(), WordOptions.of());
/// var model = network.fit(parts.train().examples(words, 64), Fit.of());
/// ```
public final class TextTable implements LabelledTable {
    private final Labels labels;
    private final int text;
    private final List<Column> columns;

    private TextTable(Labels labels, int text, List<Column> columns) {
        this.labels = labels;
        this.text = text;
        this.columns = List.copyOf(columns);
    }

    /// Two parts of a table.
    public record Parts(TextTable train, TextTable test) {}

    /// A table with texts.
    ///
    /// @param options of which column the texts are; it may be left to be found out
    /// @throws DataException as [LabelledTable#of] does, and if the table is to be predicted from numbers or categories
    public static TextTable of(Table table, TableOptions options) {
        return switch (LabelledTable.of(table, options)) {
            case TextTable texts -> texts;
            case TableData _ -> throw new DataException("table.no-texts", table.place(), null,
                    "The table has other columns than texts to predict from. Say which column has the texts: TableOptions.withText.");
        };
    }

    static TextTable of(Labels labels, int text) {
        Table table = labels.table();
        if (text == labels.position()) {
            throw new DataException("table.text-is-target", table.place().withColumn(labels.name()), null,
                    "The column cannot be both, what is to be predicted and the texts that it is predicted from.");
        }
        Labels present = labels.where(text, each -> !each.isBlank() && !Texts.isMissing(each));
        if (present.table().size() == 0) {
            throw new DataException("table.empty-texts", table.place().withColumn(table.columns().get(text)), null,
                    "No row has a text in this column, so there is nothing to predict from.");
        }
        List<Column> columns = IntStream.range(0, table.columns().size())
                .mapToObj(i -> i == labels.position()
                        ? labels.target().column()
                        : i == text
                                ? ColumnInference.texts(present.table(), text)
                                : new Column(table.columns().get(i), new ColumnType.Ignored(Phrase.of(
                                        "column.beside-texts", "the texts alone are predicted from")), 0))
                .toList();
        return new TextTable(present, text, columns);
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

    /// The number of rows.
    public int size() {
        return labels.table().size();
    }

    /// The text of each row.
    public List<String> texts() {
        return IntStream.range(0, size()).mapToObj(row -> labels.table().get(row, text)).toList();
    }

    /// The most tokens that a text has.
    public int longest(Tokenizer tokenizer) {
        return texts().stream().mapToInt(each -> tokenizer.encode(each).length).max().orElse(0);
    }

    /// The rows in two parts, by chance: a tokenizer is to be learned from the first one alone.
    ///
    /// @param share of the rows in the second part, between 0 and 1
    /// @param seed the same seed makes the same parts
    public Parts split(double share, long seed) {
        List<int[]> parts = Examples.split(size(), share, seed);
        return new Parts(select(parts.getFirst()), select(parts.getLast()));
    }

    private TextTable select(int... rows) {
        return new TextTable(
                new Labels(labels.table().select(rows), labels.position(), labels.target(), labels.notes()),
                text, columns);
    }

    /// The texts as tokens, with their labels.
    ///
    /// @param length the most tokens of a text that a network sees
    public Examples<TableRow, ?> examples(Tokenizer tokenizer, int length) {
        var schema = labels.schema(List.of(labels.table().columns().get(text)));
        var inputs = new TableTexts(schema, PaddedTexts.of(tokenizer, length));
        return TableData.examples(labels.table(), inputs, labels.target().encoding());
    }
}
