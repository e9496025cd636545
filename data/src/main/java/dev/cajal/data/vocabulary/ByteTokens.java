package dev.cajal.data.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Tokens for single bytes, `<0x00>` to `<0xFF>`, which write what has no other token.
public final class ByteTokens {
    private static final int BYTES = 256;
    private static final Pattern NAME = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

    private final int[] tokens;

    private ByteTokens(int[] tokens) {
        this.tokens = tokens;
    }

    /// Those of a vocabulary; empty if one is missing.
    public static Optional<ByteTokens> of(Vocabulary vocabulary) {
        int[] tokens = new int[BYTES];
        for (int i = 0; i < BYTES; i++) {
            tokens[i] = vocabulary.number(String.format(Locale.ROOT, "<0x%02X>", i), -1);
            if (tokens[i] < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new ByteTokens(tokens));
    }

    /// Adds the tokens of the bytes of a text in UTF-8.
    public void addTo(IntList list, String text) {
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            list.add(tokens[each & 0xff]);
        }
    }

    /// The byte that a token of this kind stands for; empty for any other token.
    public static OptionalInt value(String token) {
        return NAME.matcher(token).matches()
                ? OptionalInt.of(Integer.parseInt(token.substring(3, 5), 16))
                : OptionalInt.empty();
    }
}
