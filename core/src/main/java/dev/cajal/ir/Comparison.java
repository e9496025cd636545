package dev.cajal.ir;

/// How two elements are compared. With NaN on either side only [#NE] is true, unless the order is total.
public enum Comparison {
    /// Equal.
    EQ,
    /// Not equal.
    NE,
    /// Less.
    LT,
    /// Less or equal.
    LE,
    /// Greater.
    GT,
    /// Greater or equal.
    GE;

    /// The order in which a comparison is made; StableHLO's compare type.
    public enum Order {
        /// IEEE 754 comparison of floating-point numbers.
        FLOAT,
        /// `-inf < ... < -0 < +0 < ... < +inf < NaN`: every two numbers are comparable. All NaNs are equal, whatever their signs and
        /// payloads, which IEEE 754 leaves open and a processor may choose.
        TOTAL_ORDER,
        /// Two's complement.
        SIGNED,
        /// Unsigned integers and truth values.
        UNSIGNED
    }
}
