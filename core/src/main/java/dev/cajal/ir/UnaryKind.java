package dev.cajal.ir;

/// Element-wise functions of one operand. The names are StableHLO's, in short.
///
/// Floating-point kinds follow IEEE 754 for NaN, infinities and signed zero. `ABS`, `NEGATE` and `SIGN` take integers too
/// (wrapping), `NOT` takes integers (bitwise) and truth values (logical).
public enum UnaryKind {
    /// `-x`.
    NEGATE("negate", "negate"),
    /// `|x|`.
    ABS("abs", "abs"),
    /// -1, 0 or 1; keeps the sign of zero and NaN.
    SIGN("sign", "sign"),
    /// The largest whole number not above `x`.
    FLOOR("floor", "floor"),
    /// The smallest whole number not below `x`.
    CEIL("ceil", "ceil"),
    /// The nearest whole number, ties to even.
    ROUND("round", "round_nearest_even"),
    /// `e^x`.
    EXP("exp", "exponential"),
    /// `e^x - 1`, exact near zero.
    EXPM1("expm1", "exponential_minus_one"),
    /// Natural logarithm.
    LOG("log", "log"),
    /// `log(1 + x)`, exact near zero.
    LOG1P("log1p", "log_plus_one"),
    /// Square root.
    SQRT("sqrt", "sqrt"),
    /// `1 / sqrt(x)`, two correctly rounded steps.
    RSQRT("rsqrt", "rsqrt"),
    /// Cube root.
    CBRT("cbrt", "cbrt"),
    /// Sine of an angle in radians.
    SIN("sin", "sine"),
    /// Cosine of an angle in radians.
    COS("cos", "cosine"),
    /// Tangent of an angle in radians.
    TAN("tan", "tan"),
    /// Hyperbolic tangent.
    TANH("tanh", "tanh"),
    /// `1 / (1 + e^-x)`, the sigmoid.
    LOGISTIC("logistic", "logistic"),
    /// Bitwise complement; of a truth value its opposite.
    NOT("not", "not"),
    /// Whether a floating-point number is neither NaN nor infinite; the result is a truth value.
    IS_FINITE("is_finite", "is_finite");

    private final String label;
    private final String stableHlo;

    UnaryKind(String label, String stableHlo) {
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
}
