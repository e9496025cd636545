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

    private static final Pattern DATE = Pattern.compile(
            "(\\d{4}[-/.]\\d{1,2}([-/.]\\d{1,2})?|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2}))([ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?");

    private Texts() {}

    /// Whether a field says that its value is not known: empty, `?`, `-`, `NA`, `N/A`, `NaN`, `null`.
    static boolean isMissing(String text) {
        return text.isEmpty()
                || text.length() <= 4 && text.charAt(0) > '9' && MISSING.contains(text.toLowerCase(Locale.ROOT))
                || text.equals("-");
    }

    /// A number, as CSV files write it: `-1.5e3`.
    static Optional<Double> number(String text) {
        return isNumber(text, '.') ? finite(text) : Optional.empty();
    }

    /// A number with a comma before its decimals, as large parts of the world write it.
    static Optional<Double> commaNumber(String text) {
        return isNumber(text, ',') ? finite(text.replace(',', '.')) : Optional.empty();
    }

    /// Whether a text is `[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?`, with that point. By hand, since a table has millions of fields and regular expressions
    /// take most of the time to read it.
    private static boolean isNumber(String text, char point) {
        int start = afterSign(text, 0);
        int whole = afterDigits(text, start);
        int digits = whole - start;
        int end = whole;
        if (isAt(text, whole, point)) {
            end = afterDigits(text, whole + 1);
            digits += end - whole - 1;
        }
        if (digits == 0) {
            return false;
        }
        if (isAt(text, end, 'e') || isAt(text, end, 'E')) {
            int exponent = afterSign(text, end + 1);
            end = afterDigits(text, exponent);
            return end == text.length() && end > exponent;
        }
        return end == text.length();
    }

    private static int afterSign(String text, int at) {
        return isAt(text, at, '+') || isAt(text, at, '-') ? at + 1 : at;
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isAt(String text, int at, char character) {
        return at < text.length() && text.charAt(at) == character;
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
