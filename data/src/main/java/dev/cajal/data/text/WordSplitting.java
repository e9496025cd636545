package dev.cajal.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a word is.
public enum WordSplitting {
    /// A sequence of letters and digits, apostrophes inside of it included (`don't`, `l'eau`); every other character that is no white space is a word of its own.
    PUNCTUATION("[\\p{L}\\p{M}\\p{N}_]++(?:['’][\\p{L}\\p{M}\\p{N}_]++)*+|[^\\p{IsWhite_Space}]"),
    /// Whatever stands between white space: for texts that were cut into words before.
    WHITE_SPACE("[^\\p{IsWhite_Space}]+");

    private final Pattern word;

    WordSplitting(String word) {
        this.word = Pattern.compile(word);
    }

    List<String> split(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = word.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
