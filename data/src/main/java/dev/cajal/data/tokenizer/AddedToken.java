package dev.cajal.data.tokenizer;

/// A token that is found in a text before anything else is.
///
/// @param text of it
/// @param number of it
/// @param special whether it stands for no text, such as the end of one
/// @param normalized whether it is looked for in the text after its changes
/// @param word whether it has to be a word of its own
/// @param stripsLeft whether white space before it is left away
/// @param stripsRight whether white space behind it is left away
public record AddedToken(String text, int number, boolean special, boolean normalized, boolean word, boolean stripsLeft,
        boolean stripsRight) {}
