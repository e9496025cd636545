package dev.cajal.data.tokenizer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds added tokens in a text, of several that begin at the same place the longest.
final class AddedTokens {
    private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, AddedToken> tokens = new HashMap<>();
    private final Pattern pattern;

    /// @param change what a token looks like in the text
    AddedTokens(List<AddedToken> tokens, Function<String, String> change) {
        tokens.forEach(token -> this.tokens.put(change.apply(token.text()), token));
        this.tokens.remove("");
        pattern = Pattern.compile(this.tokens.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    /// Hands on the added tokens of a piece and what is between them.
    void split(Piece piece, Consumer<Piece> rest, IntConsumer found) {
        String text = piece.text();
        int done = 0;
        Matcher matcher = pattern.matcher(text);
        while (!tokens.isEmpty() && matcher.find()) {
            AddedToken token = tokens.get(matcher.group());
            int from = matcher.start();
            int to = matcher.end();
            if (token == null || token.word() && !isWord(text, from, to)) {
                continue;
            }
            while (token.stripsLeft() && from > done && isSpace(text.charAt(from - 1))) {
                from--;
            }
            while (token.stripsRight() && to < text.length() && isSpace(text.charAt(to))) {
                to++;
            }
            if (done < from) {
                rest.accept(new Piece(text.substring(done, from), piece.first() && done == 0));
            }
            found.accept(token.number());
            done = to;
        }
        if (done < text.length()) {
            rest.accept(new Piece(text.substring(done), piece.first() && done == 0));
        }
    }

    /// White space is never outside of the first plane.
    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
    }

    private static boolean isWord(String text, int from, int to) {
        boolean before = from > 0 && WORD.matcher(Character.toString(text.codePointBefore(from))).matches();
        boolean behind = to < text.length() && WORD.matcher(Character.toString(text.codePointAt(to))).matches();
        return !before && !behind;
    }
}
