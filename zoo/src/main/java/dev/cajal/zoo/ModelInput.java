package dev.cajal.zoo;

/// What a model of the zoo is for.
public enum ModelInput {
    /// Rows of a table, and pictures, whose pixels it takes for columns.
    NUMBERS,
    /// Pictures only.
    PICTURES,
    /// Texts only.
    TEXTS
}
