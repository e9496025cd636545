package dev.cajal.data.tokenizer;

import java.util.List;
import java.util.OptionalInt;

/// How a piece of a text becomes tokens.
public sealed interface TokenModel permits MergeModel, UnigramModel, WordPieceModel, WordModel {
    /// The tokens by their numbers.
    List<String> tokens();

    /// The number of the token that stands for all that is not known, if there is one.
    OptionalInt unknownToken();

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
