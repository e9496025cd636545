package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.PieceTrie;
import java.util.List;

/// Finds user-defined pieces in a text.
final class UserPieces {
    private final PieceTrie trie = new PieceTrie();
    private final boolean any;

    UserPieces(List<String> pieces, List<Integer> numbers) {
        numbers.forEach(number -> trie.put(pieces.get(number), number));
        any = !numbers.isEmpty();
    }

    /// How many characters the longest one has that begins at a place; 0 if none does.
    int length(String text, int at) {
        int longest = 0;
        int node = PieceTrie.ROOT;
        for (int end = at; any && end < text.length() && node != PieceTrie.NONE;) {
            node = trie.child(node, text.charAt(end++));
            if (node != PieceTrie.NONE && trie.token(node) != PieceTrie.NONE) {
                longest = end - at;
            }
        }
        return longest;
    }
}
