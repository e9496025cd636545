package dev.cajal.zoo;

/// What a model of the zoo is for.
public enum ModelInput {
    /// Rows of a table, and pictures, whose pixels it takes for columns.
    NUMBERS,
    /// Pictures only.
    PICTURES,
    /// Texts to be continued: an output for each position.
    TEXTS,
    /// Texts to be judged as a whole, such as sentences to be classified, of any length: one output for each.
    SENTENCES,
    /// Pairs of sentences, such as a sentence and its translation: an output for each position of the second.
    PAIRS;

    /// Whether a model for this takes examples of a kind: pictures are numbers too.
    boolean takes(ModelInput kind) {
        return this == kind || isNumbers() && kind.isNumbers();
    }

    private boolean isNumbers() {
        return this == NUMBERS || this == PICTURES;
    }
}
