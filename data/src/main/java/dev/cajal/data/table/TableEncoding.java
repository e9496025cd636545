package dev.cajal.data.table;

import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.Rows;

/// How rows of a table become numbers.
public sealed interface TableEncoding extends InputEncoding<TableRow> permits TableInputs, TableTexts {
    /// The columns of the table that a model was trained with.
    TableSchema schema();

    /// The rows of a table that has the columns which the model needs.
    ///
    /// @throws dev.cajal.data.DataException if a text is no number where one is needed
    Rows encode(Table table);
}
