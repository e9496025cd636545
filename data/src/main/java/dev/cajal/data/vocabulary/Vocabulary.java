package dev.cajal.data.vocabulary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The number of each token.
public final class Vocabulary {
    private final Map<String, Integer> numbers;

    /// @param tokens by their numbers; of equal ones the first counts
    public Vocabulary(List<String> tokens) {
        numbers = HashMap.newHashMap(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            numbers.putIfAbsent(tokens.get(i), i);
        }
    }

    /// The number of a token, or `other` if it is none.
    public int number(String token, int other) {
        return numbers.getOrDefault(token, other);
    }

    /// Whether it is a token.
    public boolean has(String token) {
        return numbers.containsKey(token);
    }
}
