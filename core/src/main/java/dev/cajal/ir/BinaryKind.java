package dev.cajal.ir;

/// Element-wise functions of two operands of one type. The names are StableHLO's, in short.
public enum BinaryKind {
    /// `a + b`.
    ADD("add", "add"),
    /// `a - b`.
    SUBTRACT("subtract", "subtract"),
    /// `a * b`.
    MULTIPLY("multiply", "multiply"),
    /// `a / b`; for integers towards zero, -1 (all bits set) where `b` is zero, `a` where the quotient overflows.
    DIVIDE("divide", "divide"),
    /// What division towards zero leaves, with the sign of `a`; for integers `a` where `b` is zero.
    REMAINDER("remainder", "remainder"),
    /// `a ^ b`, for floating-point numbers as [Math#pow], with exact special cases; for integers wrapped, and with a negative `b` 0,
    /// except that `a` = 1 gives 1 and `a` = -1 gives 1 or -1.
    POWER("power", "power"),
    /// The larger one; NaN if either is NaN; `+0` is larger than `-0`.
    MAXIMUM("maximum", "maximum"),
    /// The smaller one; NaN if either is NaN; `-0` is smaller than `+0`.
    MINIMUM("minimum", "minimum"),
    /// The angle of the point (`b`, `a`), as [Math#atan2].
    ATAN2("atan2", "atan2"),
    /// Bitwise or logical and.
    AND("and", "and"),
    /// Bitwise or logical or.
    OR("or", "or"),
    /// Bitwise or logical exclusive or.
    XOR("xor", "xor"),
    /// `a` shifted left by `b` bits; 0 where `b` is outside `[0, width)`.
    SHIFT_LEFT("shift_left", "shift_left"),
    /// `a` shifted right by `b` bits, copies of the first bit coming in (of unsigned numbers too); all copies of it where `b` is outside `[0, width)`.
    SHIFT_RIGHT_ARITHMETIC("shift_right_arithmetic", "shift_right_arithmetic"),
    /// `a` shifted right by `b` bits, zeros coming in; 0 where `b` is outside `[0, width)`.
    SHIFT_RIGHT_LOGICAL("shift_right_logical", "shift_right_logical");

    private final String label;
    private final String stableHlo;

    BinaryKind(String label, String stableHlo) {
        this.label = label;
        this.stableHlo = stableHlo;
    }

    /// The short name that the graph printer uses.
    public String label() {
        return label;
    }

    /// StableHLO's name, without the dialect.
    public String stableHlo() {
        return stableHlo;
    }

    /// Whether exchanging the operands never changes a bit of a result that is not NaN.
    public boolean isCommutative() {
        return switch (this) {
            case ADD, MULTIPLY, MAXIMUM, MINIMUM, AND, OR, XOR -> true;
            case SUBTRACT, DIVIDE, REMAINDER, POWER, ATAN2, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL ->
                false;
        };
    }
}
