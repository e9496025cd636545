package dev.cajal.data.table;

import dev.cajal.data.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the texts of one column become numbers. Part of a saved model.
public sealed interface Feature {
    /// The name of the column.
    String column();

    /// How many numbers a text becomes.
    int width();

    /// Writes a text as numbers: a quantity that is missing as NaN.
    ///
    /// @throws DataException if it cannot be what the column needs
    void encode(String text, double[] target, int offset);

    /// The feature that a column makes, if it makes one.
    static Optional<Feature> of(Column column) {
        boolean missing = column.missing() > 0;
        return switch (column.type()) {
            case ColumnType.Numbers numbers ->
                Optional.of(new NumberFeature(column.name(), numbers.comma(), missing));
            case ColumnType.Truth truth ->
                Optional.of(new TruthFeature(column.name(), truth.no(), truth.yes(), missing));
            case ColumnType.Categories categories ->
                Optional.of(CategoryFeature.of(column.name(), categories, missing));
            case ColumnType.FreeText _, ColumnType.Ignored _ -> Optional.empty();
        };
    }

    /// A number; and, where some were missing in training, 1 if it is missing.
    ///
    /// @param comma whether decimals stand behind a comma
    /// @param indicator whether there is a number that says that it is missing
    record NumberFeature(String column, boolean comma, boolean indicator) implements Feature {
        @Override
        public int width() {
            return indicator ? 2 : 1;
        }

        @Override
        public void encode(String text, double[] target, int offset) {
            boolean missing = Texts.isMissing(text);
            target[offset] = missing ? Double.NaN : number(text);
            if (indicator) {
                target[offset + 1] = missing ? 1 : 0;
            }
        }

        private double number(String text) {
            return (comma ? Texts.commaNumber(text) : Texts.number(text)).orElseThrow(() -> new DataException(
                    "table.column-needs-number", null, "Column \"%s\" needs a number, but has \"%s\".", column, text));
        }
    }

    /// 1 for yes and 0 for no; and, where some were missing in training, 1 if it is missing.
    ///
    /// @param no the text for no in training
    /// @param yes the text for yes in training
    /// @param indicator whether there is a number that says that it is missing
    record TruthFeature(String column, String no, String yes, boolean indicator) implements Feature {
        @Override
        public int width() {
            return indicator ? 2 : 1;
        }

        @Override
        public void encode(String text, double[] target, int offset) {
            boolean missing = Texts.isMissing(text);
            target[offset] = missing ? Double.NaN : truth(text);
            if (indicator) {
                target[offset + 1] = missing ? 1 : 0;
            }
        }

        private double truth(String text) {
            boolean truth = Texts.truth(text).orElseThrow(() -> new DataException(
                    "table.not-a-truth-value", null, "Column \"%s\" needs %s or %s, but has \"%s\".", column, yes, no,
                    text));
            return truth ? 1 : 0;
        }
    }

    /// One number for each frequent value, 1 at the one that it is. Rare values of training share a number, and values that training never saw get
    /// that one, or zeros throughout where there were no rare ones. Where values were missing in training that is a value too.
    ///
    /// @param values the frequent values
    /// @param other whether there is a number for all others
    /// @param missing whether there is a number for no value
    record CategoryFeature(String column, List<String> values, boolean other, boolean missing) implements Feature {
        /// What comes less often is rare.
        private static final int RARE = 3;

        public CategoryFeature {
            values = List.copyOf(values);
        }

        static CategoryFeature of(String column, ColumnType.Categories categories, boolean missing) {
            var counts = categories.counts();
            var frequent = counts.keySet().stream().filter(value -> counts.getOrDefault(value, 0) >= RARE).sorted()
                    .toList();
            return new CategoryFeature(column, frequent, frequent.size() < counts.size(), missing);
        }

        @Override
        public int width() {
            return values.size() + (other ? 1 : 0) + (missing ? 1 : 0);
        }

        @Override
        public void encode(String text, double[] target, int offset) {
            Arrays.fill(target, offset, offset + width(), 0);
            int value = values.indexOf(text);
            if (value >= 0) {
                target[offset + value] = 1;
            } else if (missing && Texts.isMissing(text)) {
                target[offset + width() - 1] = 1;
            } else if (other && !Texts.isMissing(text)) {
                target[offset + values.size()] = 1;
            }
        }
    }
}
