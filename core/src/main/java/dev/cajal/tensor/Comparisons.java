package dev.cajal.tensor;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.Ops;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;

/// Comparisons of each element, which give truth values, and the choice by them.
public sealed interface Comparisons permits Tensor {
    /// This object, as what it is.
    Tensor self();

    /// `this == other`; never true for NaN.
    default Tensor eq(Tensor other) {
        return compare(Comparison.EQ, other);
    }

    /// `this == number`.
    default Tensor eq(double number) {
        return compare(Comparison.EQ, Broadcasting.number(self(), number));
    }

    /// `this != other`; true for NaN.
    default Tensor ne(Tensor other) {
        return compare(Comparison.NE, other);
    }

    /// `this != number`.
    default Tensor ne(double number) {
        return compare(Comparison.NE, Broadcasting.number(self(), number));
    }

    /// `this < other`.
    default Tensor lt(Tensor other) {
        return compare(Comparison.LT, other);
    }

    /// `this < number`.
    default Tensor lt(double number) {
        return compare(Comparison.LT, Broadcasting.number(self(), number));
    }

    /// `this <= other`.
    default Tensor le(Tensor other) {
        return compare(Comparison.LE, other);
    }

    /// `this <= number`.
    default Tensor le(double number) {
        return compare(Comparison.LE, Broadcasting.number(self(), number));
    }

    /// `this > other`.
    default Tensor gt(Tensor other) {
        return compare(Comparison.GT, other);
    }

    /// `this > number`.
    default Tensor gt(double number) {
        return compare(Comparison.GT, Broadcasting.number(self(), number));
    }

    /// `this >= other`.
    default Tensor ge(Tensor other) {
        return compare(Comparison.GE, other);
    }

    /// `this >= number`.
    default Tensor ge(double number) {
        return compare(Comparison.GE, Broadcasting.number(self(), number));
    }

    /// Where this is true the element of `a`, elsewhere that of `b`. This has to be a tensor of truth values; all three are broadcast.
    default Tensor choose(Tensor a, Tensor b) {
        Broadcasting.Pair branches = Broadcasting.align("choose", a, b);
        Shape shape = Broadcasting.common("choose", self().shape(), branches.a().shape());
        return Tensor.of(Ops.select(
                Broadcasting.to(self().asType(DType.BOOL).value(), shape),
                Broadcasting.to(branches.a(), shape),
                Broadcasting.to(branches.b(), shape)));
    }

    /// See [#choose(Tensor, Tensor)].
    default Tensor choose(Tensor a, double b) {
        return choose(a, Broadcasting.number(a, b));
    }

    /// See [#choose(Tensor, Tensor)].
    default Tensor choose(double a, Tensor b) {
        return choose(Broadcasting.number(b, a), b);
    }

    private Tensor compare(Comparison comparison, Tensor other) {
        Broadcasting.Pair pair = Broadcasting.align("comparison", self(), other);
        return Tensor.of(Ops.compare(comparison, pair.a(), pair.b()));
    }
}
