package dev.cajal.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person wants from a table.
///
/// @param target the column to predict: its exact name, else its number from 1, else `last`
/// @param task what to predict; found out where it is not said
/// @param text the column of the texts that are predicted from, which a [TextTable] has: its exact name, else its number from 1, else `last`; empty to find out
/// @param ignored the names of columns that a model is not given
public record TableOptions(String target, Optional<Task> task, Optional<String> text, List<String> ignored) {
    /// What can be predicted.
    public enum Task {
        /// One of several classes.
        CLASSIFICATION,
        /// A number.
        REGRESSION
    }

    public TableOptions {
        ignored = List.copyOf(ignored);
    }

    /// The last column is to be predicted.
    public static TableOptions of() {
        return new TableOptions("last", Optional.empty(), Optional.empty(), List.of());
    }

    /// These options with another column to predict.
    ///
    /// @param target its exact name, else its number from 1, else `last`
    public TableOptions withTarget(String target) {
        return new TableOptions(target, task, text, ignored);
    }

    /// These options with a task that is not to be found out.
    public TableOptions withTask(Task task) {
        return new TableOptions(target, Optional.of(task), text, ignored);
    }

    /// These options with a column of texts from which alone is predicted.
    ///
    /// @param column its exact name, else its number from 1, else `last`
    public TableOptions withText(String column) {
        return new TableOptions(target, task, Optional.of(column), ignored);
    }

    /// These options with a further column that a model is not given.
    public TableOptions withIgnored(String column) {
        List<String> more = new ArrayList<>(ignored);
        more.add(column);
        return new TableOptions(target, task, text, more);
    }
}
