package dev.cajal.data.tokenizer;

import java.util.List;

/// How a piece of a text becomes tokens.
public sealed interface TokenModel permits MergeModel, UnigramModel, WordPieceModel, WordModel {
    /// The tokens by their numbers.
    List<String> tokens();

    /// The model at work, for many pieces. It does not lead back to this record.
    Encoder encoder();

    /// Makes tokens of pieces.
    @FunctionalInterface
    interface Encoder {
        /// The tokens of a piece.
        ///
        /// @throws dev.cajal.type.CajalException if something in it has no token, and there is none for what is not known
        int[] encode(String piece);
    }
}
