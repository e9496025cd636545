package dev.cajal.data.tokenizer.file;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Tokens with their numbers, as JSON has them.
public final class TokenNumbers {
    /// A number beyond this is a damaged one.
    private static final long LARGEST = 1L << 24;

    private TokenNumbers() {}

    /// The tokens by their numbers; where a number has no token there is an empty text.
    ///
    /// @throws CajalException if a number cannot be, or comes twice
    public static List<String> tokens(Json vocabulary) {
        Map<String, Json> numbers = vocabulary.asMap();
        long largest = numbers.values().stream().mapToLong(Json::asLong).max().orElse(-1);
        List<String> tokens = new ArrayList<>(
                Collections.nCopies((int) Math.min(largest, LARGEST) + 1, ""));
        numbers.forEach((token, number) -> {
            long at = number.asLong();
            if (at < 0 || at >= tokens.size() || !tokens.get((int) at).isEmpty()) {
                throw new CajalException("text.token-number",
                        "The token '%s' has the number %s, which is another one's or cannot be. The %s tokens of a tokenizer need different numbers from 0 on.",
                        token, at, numbers.size());
            }
            tokens.set((int) at, token);
        });
        return tokens;
    }
}
