package dev.cajal.ir;

/// What a reduction does with two elements. Every reducer starts from its identity, so an empty reduction yields that.
public enum Reducer {
    /// Sum; starts from 0.
    SUM(BinaryKind.ADD),
    /// Product; starts from 1.
    PRODUCT(BinaryKind.MULTIPLY),
    /// Maximum; starts from minus infinity, or an integer type's smallest value; NaN wins.
    MAX(BinaryKind.MAXIMUM),
    /// Minimum; starts from plus infinity, or an integer type's largest value; NaN wins.
    MIN(BinaryKind.MINIMUM),
    /// And; starts from true, or all bits.
    AND(BinaryKind.AND),
    /// Or; starts from false, or no bit.
    OR(BinaryKind.OR);

    private final BinaryKind combiner;

    Reducer(BinaryKind combiner) {
        this.combiner = combiner;
    }

    /// The function of two elements that is applied over and over.
    public BinaryKind combiner() {
        return combiner;
    }
}
