package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.CharacterMap;

/// How SentencePiece changes a text before it is cut.
///
/// @param map which characters become which others, in Base64; empty if none do
/// @param prefixed whether a text gets a space that it does not have, so that its first word is like others
/// @param behind whether that space is behind the text
/// @param single whether spaces at the ends are left away, and of several one is kept
/// @param marked whether spaces become `▁`
public record PieceSpaces(String map, boolean prefixed, boolean behind, boolean single, boolean marked) {
    /// @throws dev.cajal.type.CajalException if the map is damaged
    public PieceSpaces {
        if (!map.isEmpty()) {
            new CharacterMap(map);
        }
    }
}
