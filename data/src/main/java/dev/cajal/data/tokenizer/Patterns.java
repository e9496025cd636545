package dev.cajal.data.tokenizer;

import dev.cajal.type.CajalException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The patterns of tokenizers, in which letters, digits and white space are those of Unicode.
final class Patterns {
    /// Scripts, which Java calls by another name than others do: `\p{Han}` is `\p{IsHan}`.
    private static final Pattern SCRIPT = Pattern.compile("(\\\\[pP]\\{\\^?)(?=[A-Z][a-z]{2,}\\})");

    private Patterns() {}

    /// @throws CajalException if it is none
    static Pattern of(String pattern) {
        try {
            return Pattern.compile(SCRIPT.matcher(pattern).replaceAll("$1Is"),
                    Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException wrong) {
            throw new CajalException("text.tokenizer-pattern", wrong,
                    "The pattern '%s' of the tokenizer cannot be used here: %s.", pattern,
                    String.valueOf(wrong.getDescription()));
        }
    }
}
