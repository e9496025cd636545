package dev.cajal.cli;

import java.util.Locale;

/// Amounts as people read them: three digits and a prefix, `4.32 MB`.
///
/// @param locale of the numbers
record Amounts(Locale locale) {
    private static final String PREFIXES = " kMGTP";
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};

    /// An amount of a unit; a kilo is 1000.
    String of(long amount, String unit) {
        int prefix = prefix(amount, PREFIXES.length());
        String text = digits(amount, prefix) + " " + PREFIXES.substring(prefix, prefix + 1).strip() + unit;
        return text.strip();
    }

    /// A span of time.
    String nanos(long nanos) {
        int unit = prefix(nanos, TIMES.length);
        return digits(nanos, unit) + " " + TIMES[unit];
    }

    private static int prefix(long amount, int count) {
        int prefix = 0;
        for (double scaled = amount; scaled >= 999.5 && prefix < count - 1; prefix++) {
            scaled /= 1000;
        }
        return prefix;
    }

    private String digits(long amount, int prefix) {
        double scaled = amount / Math.pow(1000, prefix);
        int decimals = prefix == 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
        return String.format(locale, "%." + decimals + "f", scaled);
    }
}
