package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.IntList;
import dev.cajal.data.vocabulary.PieceTrie;
import dev.cajal.data.vocabulary.Vocabulary;
import java.util.List;
import java.util.OptionalInt;

/// BERT's word pieces: the longest token that a word begins with, then the longest that follows, and so on; a word that does not come out is not known.
///
/// M. Schuster, K. Nakajima, *Japanese and Korean Voice Search*, 2012; J. Devlin et al., *BERT*, 2019.
///
/// @param tokens by their numbers
/// @param unknown the token of a word that is not known
/// @param prefix of tokens that do not begin a word, mostly `##`
/// @param longest how many characters a word may have; a longer one is not known
public record WordPieceModel(List<String> tokens, String unknown, String prefix, int longest) implements TokenModel {
    public WordPieceModel {
        tokens = List.copyOf(tokens);
    }

    @Override
    public OptionalInt unknownToken() {
        return Unknown.number(tokens, unknown);
    }

    @Override
    public Encoder encoder() {
        PieceTrie trie = new PieceTrie();
        for (int i = 0; i < tokens.size(); i++) {
            trie.put(tokens.get(i), i);
        }
        Vocabulary vocabulary = new Vocabulary(tokens);
        String continued = prefix;
        String other = unknown;
        int most = longest;
        return word -> {
            int[] found = word.codePointCount(0, word.length()) > most ? new int[0] : cut(word, trie, continued);
            return found.length > 0 || word.isEmpty()
                    ? found
                    : new int[] {Unknown.require(vocabulary, other, word)};
        };
    }

    /// Empty if there is no way.
    private static int[] cut(String word, PieceTrie trie, String prefix) {
        IntList found = new IntList();
        for (int at = 0; at < word.length();) {
            int node = PieceTrie.ROOT;
            for (int i = 0; at > 0 && i < prefix.length() && node != PieceTrie.NONE; i++) {
                node = trie.child(node, prefix.charAt(i));
            }
            int best = PieceTrie.NONE;
            int end = at;
            for (int to = at; to < word.length() && node != PieceTrie.NONE;) {
                node = trie.child(node, word.charAt(to++));
                if (node != PieceTrie.NONE && trie.token(node) != PieceTrie.NONE) {
                    best = trie.token(node);
                    end = to;
                }
            }
            if (best == PieceTrie.NONE) {
                return new int[0];
            }
            found.add(best);
            at = end;
        }
        return found.toArray();
    }
}
