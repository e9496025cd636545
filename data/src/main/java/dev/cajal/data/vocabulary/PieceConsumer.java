package dev.cajal.data.vocabulary;

/// Takes the pieces of a text, one after the other.
@FunctionalInterface
public interface PieceConsumer {
    /// A piece.
    ///
    /// @param token its number, or [PieceTrie#NONE] if it is unknown
    /// @param from where it begins
    /// @param to where it ends
    void accept(int token, int from, int to);
}
