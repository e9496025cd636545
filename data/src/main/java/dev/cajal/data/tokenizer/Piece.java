package dev.cajal.data.tokenizer;

/// A part of a text that is cut further.
///
/// @param text of it
/// @param first whether the whole text begins with it
public record Piece(String text, boolean first) {}
