package dev.cajal.data.table;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the text of a field can mean.
final class Texts {
    private static final Set<String> MISSING = Set.of("", "?", "-", "na", "n/a", "nan", "null");
    private static final Set<String> YES = Set.of("yes", "y", "true", "t", "on");
    private static final Set<String> NO = Set.of("no", "n", "false", "f", "off");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern COMMA_NUMBER = Pattern.compile("[+-]?(\\d+(,\\d*)?|,\\d+)([eE][+-]?\\d+)?");
    private static final Pattern DATE = Pattern.compile(
            "(\\d{4}[-/.]\\d{1,2}([-/.]\\d{1,2})?|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2}))([ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?");

    private Texts() {}

    /// Whether a field says that its value is not known: empty, `?`, `-`, `NA`, `N/A`, `NaN`, `null`.
    static boolean isMissing(String text) {
        return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    /// A number, as CSV files write it: `-1.5e3`.
    static Optional<Double> number(String text) {
        return NUMBER.matcher(text).matches() ? finite(text) : Optional.empty();
    }

    /// A number with a comma before its decimals, as large parts of the world write it.
    static Optional<Double> commaNumber(String text) {
        return COMMA_NUMBER.matcher(text).matches() ? finite(text.replace(',', '.')) : Optional.empty();
    }

    private static Optional<Double> finite(String text) {
        double number = Double.parseDouble(text);
        return Float.isFinite((float) number) ? Optional.of(number) : Optional.empty();
    }

    /// A truth value: yes or no, true or false, on or off, y or n, t or f, 1 or 0.
    static Optional<Boolean> truth(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("1") || YES.contains(lower)) {
            return Optional.of(true);
        }
        return lower.equals("0") || NO.contains(lower) ? Optional.of(false) : Optional.empty();
    }

    /// Whether it is a date, with or without a time of day.
    static boolean isDate(String text) {
        return DATE.matcher(text).matches();
    }
}
