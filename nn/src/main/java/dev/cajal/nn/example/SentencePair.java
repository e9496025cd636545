package dev.cajal.nn.example;

/// A sentence and what it is to become, such as its translation.
///
/// @param source what is given
/// @param target what is wanted, as far as it is known; may be empty
public record SentencePair(String source, String target) {
    /// A sentence of which nothing is translated yet.
    public static SentencePair of(String source) {
        return new SentencePair(source, "");
    }
}
