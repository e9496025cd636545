package dev.cajal.data.table;

import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.PaddedTexts;
import dev.cajal.nn.example.Rows;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Map;
import java.util.OptionalInt;

/// The texts in one column of a table as sequences of tokens. A row without a text is nothing but padding.
///
/// @param schema the columns of the table that a model was trained with; one is used
/// @param texts how its texts become tokens
public record TableTexts(TableSchema schema, PaddedTexts texts) implements TableEncoding {
    /// The name of the column with the texts.
    public String column() {
        return schema.used().getFirst();
    }

    /// A row that has nothing but a text.
    public TableRow row(String text) {
        return TableRow.of(Map.of(column(), text));
    }

    @Override
    public DType dtype() {
        return texts.dtype();
    }

    @Override
    public Shape shape() {
        return texts.shape();
    }

    @Override
    public OptionalInt filler() {
        return texts.filler();
    }

    @Override
    public void encode(TableRow row, double[] target, int offset) {
        texts.encode(row.get(column()), target, offset);
    }

    @Override
    public Rows encode(Table table) {
        return Examples.encode(this, table.rows());
    }

    @Override
    public Tensor prepare(Tensor batch) {
        return texts.prepare(batch);
    }
}
