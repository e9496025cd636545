package dev.cajal.data.vocabulary;

import java.util.Arrays;

/// Tokens by their characters, to find all that begin at a place of a text.
public final class PieceTrie {
    /// The node that no character has led to yet.
    public static final int ROOT = 0;
    /// No node, and no token.
    public static final int NONE = -1;

    private final LongTable children = new LongTable();
    private int[] tokens = {NONE};
    private int nodes = 1;

    /// Adds a token.
    public void put(String piece, int token) {
        int node = ROOT;
        for (int i = 0; i < piece.length(); i++) {
            int next = child(node, piece.charAt(i));
            if (next == NONE) {
                next = nodes++;
                if (next == tokens.length) {
                    tokens = Arrays.copyOf(tokens, 2 * next);
                }
                tokens[next] = NONE;
                children.put(key(node, piece.charAt(i)), next);
            }
            node = next;
        }
        tokens[node] = token;
    }

    private static long key(int node, char character) {
        return (long) node << Character.SIZE | character;
    }

    /// The node that a character leads to, or [#NONE].
    public int child(int node, char character) {
        return children.get(key(node, character));
    }

    /// The token that ends at a node, or [#NONE].
    public int token(int node) {
        return tokens[node];
    }
}
