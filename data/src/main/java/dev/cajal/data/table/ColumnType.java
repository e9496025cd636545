package dev.cajal.data.table;

import dev.cajal.type.Phrase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What the texts of a column are.
public sealed interface ColumnType {
    /// In words, for a report.
    Phrase describe();

    /// Numbers.
    ///
    /// @param smallest of them
    /// @param largest of them
    /// @param mean of them
    /// @param whole whether they have no decimals
    /// @param comma whether decimals stand behind a comma
    record Numbers(double smallest, double largest, double mean, boolean whole, boolean comma) implements ColumnType {
        @Override
        public Phrase describe() {
            return comma
                    ? Phrase.of("column.comma-numbers", "number, %s to %s, mean %s (decimals after a comma)",
                            rounded(smallest), rounded(largest), rounded(mean))
                    : Phrase.of("column.numbers", "number, %s to %s, mean %s",
                            rounded(smallest), rounded(largest), rounded(mean));
        }

        /// To four digits, or as a whole number.
        private static String rounded(double number) {
            if (Math.abs(number) >= 1e15 || number != 0 && Math.abs(number) < 1e-4) {
                return String.format(Locale.ROOT, "%.3e", number);
            }
            int decimals = Math.abs(number) >= 1000
                    ? 0
                    : Math.abs(number) >= 1 ? 3 - (int) Math.log10(Math.abs(number)) : 4;
            return BigDecimal.valueOf(number)
                    .setScale(decimals, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    /// Two values that mean yes and no.
    ///
    /// @param no the text for no
    /// @param yes the text for yes
    record Truth(String no, String yes) implements ColumnType {
        @Override
        public Phrase describe() {
            return Phrase.of("column.truth", "yes or no (%s, %s)", yes, no);
        }
    }

    /// Some texts that come again and again.
    ///
    /// @param counts the texts and how often each comes, the most frequent first
    record Categories(SequencedMap<String, Integer> counts) implements ColumnType {
        private static final int SHOWN = 6;

        public Categories {
            counts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(counts));
        }

        @Override
        public Phrase describe() {
            return Phrase.of("column.categories", "category, %s values: %s", counts.size(), some(counts));
        }

        static String some(SequencedMap<String, Integer> counts) {
            String shown = counts.entrySet().stream()
                    .limit(SHOWN)
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            return shown + (counts.size() > SHOWN ? "..." : "");
        }
    }

    /// Texts, hardly any of which comes twice.
    ///
    /// @param different how many different ones there are
    /// @param own whether almost every row has its own
    /// @param words of a text, on average; what stands between white space is one
    record FreeText(int different, boolean own, double words) implements ColumnType {
        @Override
        public Phrase describe() {
            return Phrase.of("column.text", "text, %s words on average", String.format(Locale.ROOT, "%.1f", words));
        }

        /// What it is beside columns of another kind.
        Ignored ignored() {
            return new Ignored(own
                    ? Phrase.of("column.own-texts", "a text of its own in almost every row, such as a name")
                    : Phrase.of("column.many-texts", "%s different texts, too many for a category", different));
        }
    }

    /// Something that a model is not given.
    ///
    /// @param what it is, and why it does not help
    record Ignored(Phrase what) implements ColumnType {
        @Override
        public Phrase describe() {
            return Phrase.of("column.ignored", "ignored: %s", what);
        }
    }
}
