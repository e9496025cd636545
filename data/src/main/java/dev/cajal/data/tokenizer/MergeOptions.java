package dev.cajal.data.tokenizer;

import java.util.Optional;

/// What byte pairs do at the edges.
///
/// @param unknown the token of a character that has none; empty to leave such a character away
/// @param fused whether several such characters, one behind the other, have one token
/// @param byteFallback whether such a character is written by tokens of its bytes, `<0x0A>`
/// @param whole whether a piece that is a token is not merged from its parts
/// @param prefix of tokens that do not begin a piece
/// @param suffix of tokens that end a piece
public record MergeOptions(Optional<String> unknown, boolean fused, boolean byteFallback, boolean whole, String prefix,
        String suffix) {
    /// None of all that.
    public static MergeOptions of() {
        return new MergeOptions(Optional.empty(), false, false, false, "", "");
    }
}
