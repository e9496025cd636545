package dev.cajal.tensor;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.type.DType;

/// Functions of each element. Operands of different shapes are broadcast as in NumPy; see [Tensor].
///
/// The names of the four basic operations are those that Kotlin's operators `+ - * / %` call.
public sealed interface ElementwiseMath permits Tensor {
    /// This object, as what it is.
    Tensor self();

    /// `this + other`.
    default Tensor plus(Tensor other) {
        return binary(BinaryKind.ADD, other);
    }

    /// `this + number`.
    default Tensor plus(double number) {
        return binary(BinaryKind.ADD, Broadcasting.number(self(), number));
    }

    /// `this - other`.
    default Tensor minus(Tensor other) {
        return binary(BinaryKind.SUBTRACT, other);
    }

    /// `this - number`.
    default Tensor minus(double number) {
        return binary(BinaryKind.SUBTRACT, Broadcasting.number(self(), number));
    }

    /// `this * other`, element by element; for matrices see [Tensor#matmul].
    default Tensor times(Tensor other) {
        return binary(BinaryKind.MULTIPLY, other);
    }

    /// `this * number`.
    default Tensor times(double number) {
        return binary(BinaryKind.MULTIPLY, Broadcasting.number(self(), number));
    }

    /// `this / other`; integers are divided towards zero, as Java does.
    default Tensor div(Tensor other) {
        return binary(BinaryKind.DIVIDE, other);
    }

    /// `this / number`.
    default Tensor div(double number) {
        return binary(BinaryKind.DIVIDE, Broadcasting.number(self(), number));
    }

    /// What division towards zero leaves, with the sign of `this`, as Java's `%`.
    default Tensor rem(Tensor other) {
        return binary(BinaryKind.REMAINDER, other);
    }

    /// See [#rem(Tensor)].
    default Tensor rem(double number) {
        return binary(BinaryKind.REMAINDER, Broadcasting.number(self(), number));
    }

    /// `this ^ exponent`.
    default Tensor pow(Tensor exponent) {
        return binary(BinaryKind.POWER, exponent);
    }

    /// `this ^ exponent`; small whole exponents are products.
    default Tensor pow(double exponent) {
        if (exponent == 2) {
            return square();
        }
        if (exponent == 1) {
            return self();
        }
        return exponent == 0.5 ? sqrt() : binary(BinaryKind.POWER, Broadcasting.number(self(), exponent));
    }

    /// `-this`; what Kotlin's `-x` calls.
    default Tensor unaryMinus() {
        return negate();
    }

    /// `-this`.
    default Tensor negate() {
        return unary(UnaryKind.NEGATE);
    }

    /// `|x|`; its gradient at 0 is 0.
    default Tensor abs() {
        return unary(UnaryKind.ABS);
    }

    /// -1, 0 or 1.
    default Tensor sign() {
        return unary(UnaryKind.SIGN);
    }

    /// The largest whole number not above `x`.
    default Tensor floor() {
        return unary(UnaryKind.FLOOR);
    }

    /// The smallest whole number not below `x`.
    default Tensor ceil() {
        return unary(UnaryKind.CEIL);
    }

    /// The nearest whole number, ties to even.
    default Tensor round() {
        return unary(UnaryKind.ROUND);
    }

    /// `e^x`.
    default Tensor exp() {
        return floating(UnaryKind.EXP);
    }

    /// `e^x - 1`, exact near 0.
    default Tensor expm1() {
        return floating(UnaryKind.EXPM1);
    }

    /// Natural logarithm.
    default Tensor log() {
        return floating(UnaryKind.LOG);
    }

    /// `log(1 + x)`, exact near 0.
    default Tensor log1p() {
        return floating(UnaryKind.LOG1P);
    }

    /// Square root.
    default Tensor sqrt() {
        return floating(UnaryKind.SQRT);
    }

    /// `1 / sqrt(x)`.
    default Tensor rsqrt() {
        return floating(UnaryKind.RSQRT);
    }

    /// Cube root.
    default Tensor cbrt() {
        return floating(UnaryKind.CBRT);
    }

    /// `x * x`.
    default Tensor square() {
        return times(self());
    }

    /// `1 / x`.
    default Tensor reciprocal() {
        return Broadcasting.number(self(), 1).div(self());
    }

    /// Sine, of radians.
    default Tensor sin() {
        return floating(UnaryKind.SIN);
    }

    /// Cosine, of radians.
    default Tensor cos() {
        return floating(UnaryKind.COS);
    }

    /// Tangent, of radians.
    default Tensor tan() {
        return floating(UnaryKind.TAN);
    }

    /// Hyperbolic tangent.
    default Tensor tanh() {
        return floating(UnaryKind.TANH);
    }

    /// `1 / (1 + e^-x)`.
    default Tensor sigmoid() {
        return floating(UnaryKind.LOGISTIC);
    }

    /// The error function `2 / sqrt(pi) * integral of e^(-t^2) from 0 to x`; see [ErrorFunction].
    default Tensor erf() {
        return ErrorFunction.erf(self().asFloating());
    }

    /// `log(1 + e^x)`, without overflow: `max(x, 0) + log1p(e^-|x|)`.
    default Tensor softplus() {
        return maximum(0).plus(abs().negate().exp().log1p());
    }

    /// The angle of the point (`x`, `this`) in radians.
    default Tensor atan2(Tensor x) {
        return binary(BinaryKind.ATAN2, x);
    }

    /// The larger one of each two; NaN wins. Where both are equal the gradient is shared.
    default Tensor maximum(Tensor other) {
        return binary(BinaryKind.MAXIMUM, other);
    }

    /// See [#maximum(Tensor)].
    default Tensor maximum(double number) {
        return binary(BinaryKind.MAXIMUM, Broadcasting.number(self(), number));
    }

    /// The smaller one of each two; NaN wins.
    default Tensor minimum(Tensor other) {
        return binary(BinaryKind.MINIMUM, other);
    }

    /// See [#minimum(Tensor)].
    default Tensor minimum(double number) {
        return binary(BinaryKind.MINIMUM, Broadcasting.number(self(), number));
    }

    /// Numbers below `low` become `low`, those above `high` become `high`.
    default Tensor clip(double low, double high) {
        return maximum(low).minimum(high);
    }

    /// Bitwise, or of truth values logical, and.
    default Tensor and(Tensor other) {
        return binary(BinaryKind.AND, other);
    }

    /// Bitwise, or of truth values logical, or.
    default Tensor or(Tensor other) {
        return binary(BinaryKind.OR, other);
    }

    /// Bitwise, or of truth values logical, exclusive or.
    default Tensor xor(Tensor other) {
        return binary(BinaryKind.XOR, other);
    }

    /// Bitwise complement, or of truth values the opposite.
    default Tensor not() {
        return unary(UnaryKind.NOT);
    }

    /// Bits moved to the left, zeros coming in.
    default Tensor shiftLeft(int bits) {
        return binary(BinaryKind.SHIFT_LEFT, Broadcasting.number(self(), bits));
    }

    /// Bits moved to the right, zeros coming in, as Java's `>>>`.
    default Tensor shiftRightLogical(int bits) {
        return binary(BinaryKind.SHIFT_RIGHT_LOGICAL, Broadcasting.number(self(), bits));
    }

    /// Whether each element is neither NaN nor infinite.
    default Tensor isFinite() {
        return floating(UnaryKind.IS_FINITE);
    }

    /// Whether each element is NaN.
    default Tensor isNaN() {
        return self().ne(self());
    }

    /// Each element converted: rounded, truncated and saturated (NaN to 0), wrapped, or `!= 0`, as [dev.cajal.ir.Op.Convert] says.
    default Tensor asType(DType dtype) {
        return Tensor.of(Ops.convert(self().value(), dtype));
    }

    private Tensor unary(UnaryKind kind) {
        return Tensor.of(Ops.unary(kind, self().value()));
    }

    private Tensor floating(UnaryKind kind) {
        return Tensor.of(Ops.unary(kind, self().asFloating().value()));
    }

    private Tensor binary(BinaryKind kind, Tensor other) {
        Broadcasting.Pair pair = Broadcasting.align(kind.label(), self(), other);
        return Tensor.of(Ops.binary(kind, pair.a(), pair.b()));
    }
}
