package dev.cajal.data.text;

import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// A token for each character (Unicode code point).
///
/// @param symbols the characters, in the order of their numbers
public record Characters(String symbols) implements Tokenizer {
    /// @throws CajalException if a character comes twice, or there is none
    public Characters {
        if (symbols.isEmpty() || symbols.codePoints().distinct().count() < symbols.codePoints().count()) {
            throw new CajalException("text.symbols",
                    "The characters of a tokenizer have to be different, and at least one: '%s'.",
                    symbols);
        }
    }

    /// The characters of a text, in the order of their code points.
    public static Characters of(String text) {
        int[] points = text.codePoints().distinct().sorted().toArray();
        return new Characters(new String(points, 0, points.length));
    }

    @Override
    public int size() {
        return symbols.codePointCount(0, symbols.length());
    }

    @Override
    public int[] encode(String text) {
        int[] points = symbols.codePoints().toArray();
        int[] sorted = points.clone();
        Arrays.sort(sorted);
        int[] numbers = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            numbers[Arrays.binarySearch(sorted, points[i])] = i;
        }
        return text.codePoints().map(point -> {
            int at = Arrays.binarySearch(sorted, point);
            if (at < 0) {
                throw new CajalException("text.unknown-character",
                        "The character '%s' (%s) is none of the %s that the model knows: %s. Leave it away, or train on a text that has it.",
                        Character.toString(point), "U+%04X".formatted(point), points.length, shown());
            }
            return numbers[at];
        }).toArray();
    }

    /// Where in a text the first character stands that is none of these.
    OptionalInt unknown(String text) {
        Set<Integer> known = symbols.codePoints().boxed().collect(Collectors.toSet());
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (!known.contains(text.codePointAt(at))) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    /// The characters as a message can have them.
    private String shown() {
        return symbols.codePoints().limit(200)
                .collect(StringBuilder::new,
                        (shown, point) -> shown.append(Character.isISOControl(point)
                                ? String.format(Locale.ROOT, "\\u%04x", point)
                                : Character.toString(point)),
                        StringBuilder::append)
                .toString();
    }

    @Override
    public byte[] bytes(int token) {
        return Character.toString(symbols.codePointAt(symbols.offsetByCodePoints(0, token)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
