package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.IntList;
import java.util.List;

/// Where special tokens are put around one text, or around two.
///
/// @param one the numbers of tokens, and [#FIRST] for the tokens of the text
/// @param two the numbers of tokens, and [#FIRST] and [#SECOND] for those of the two texts
public record TokenTemplate(List<Integer> one, List<Integer> two) {
    /// The tokens of the first text.
    public static final int FIRST = -1;
    /// The tokens of the second text.
    public static final int SECOND = -2;

    public TokenTemplate {
        one = List.copyOf(one);
        two = List.copyOf(two);
    }

    /// No special tokens.
    public static TokenTemplate of() {
        return new TokenTemplate(List.of(FIRST), List.of(FIRST, SECOND));
    }

    int[] around(int[] text) {
        return fill(one, text, new int[0]);
    }

    int[] around(int[] first, int[] second) {
        return fill(two, first, second);
    }

    private static int[] fill(List<Integer> template, int[] first, int[] second) {
        IntList tokens = new IntList();
        for (int each : template) {
            switch (each) {
                case FIRST -> tokens.add(first);
                case SECOND -> tokens.add(second);
                default -> tokens.add(each);
            }
        }
        return tokens.toArray();
    }
}
