package dev.cajal.type;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Names that people mistype: for messages that offer the one that was probably meant.
public final class Names {
    private Names() {}

    /// The known name that a wrong one was probably meant to be: with a third of its letters wrong at most.
    public static Optional<String> nearest(String wrong, Collection<String> known) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(1,
                        Math.max(lower.length(), name.length()) / 3));
    }

    /// ` Did you mean "..."?` with the nearest name, or nothing.
    public static Phrase suggestion(String wrong, Collection<String> known) {
        return nearest(wrong, known).map(name -> Phrase.of("names.nearest", " Did you mean \"%s\"?", name))
                .orElse(Phrase.NOTHING);
    }

    /// How many letters of one text have to be inserted, removed or replaced, or neighbours exchanged to make it the other (Damerau and Levenshtein, restricted).
    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(table[i - 1][j - 1] + cost, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                table[i][j] = exchanged ? Math.min(least, table[i - 2][j - 2] + 1) : least;
            }
        }
        return table[a.length()][b.length()];
    }
}
