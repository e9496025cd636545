package dev.cajal.ir;

import dev.cajal.ir.TypeRules.Operands;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;

/// Type rules of element-wise operations: the result has the operands' shape.
final class ElementwiseTypes {
    private ElementwiseTypes() {}

    static List<TensorType> unary(Op.Unary unary, Operands in) {
        TensorType x = in.only();
        boolean fits = switch (unary.kind()) {
            case NEGATE, ABS, SIGN -> x.dtype() != DType.BOOL;
            case NOT -> !x.dtype().isFloating();
            case FLOOR, CEIL, ROUND, EXP, EXPM1, LOG, LOG1P, SQRT, RSQRT, CBRT, SIN, COS, TAN, TANH, LOGISTIC,
                    IS_FINITE ->
                x.dtype().isFloating();
        };
        in.require(fits, "dtype", "cannot take %s; convert it first, for example with asType(F32)", x);
        return List.of(unary.kind() == UnaryKind.IS_FINITE ? x.withDType(DType.BOOL) : x);
    }

    static List<TensorType> binary(Op.Binary binary, Operands in) {
        TensorType type = same(in);
        DType dtype = type.dtype();
        boolean fits = switch (binary.kind()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POWER -> dtype != DType.BOOL;
            case MAXIMUM, MINIMUM -> true;
            case ATAN2 -> dtype.isFloating();
            case AND, OR, XOR -> !dtype.isFloating();
            case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> dtype.isInteger();
        };
        in.require(fits, "dtype", "cannot take two operands of type %s; convert them first", dtype);
        return List.of(type);
    }

    static List<TensorType> compare(Op.Compare compare, Operands in) {
        TensorType type = same(in);
        DType dtype = type.dtype();
        boolean fits = switch (compare.order()) {
            case FLOAT, TOTAL_ORDER -> dtype.isFloating();
            case SIGNED -> dtype.isInteger() && !dtype.isUnsigned();
            case UNSIGNED -> dtype.isUnsigned() || dtype == DType.BOOL;
        };
        in.require(fits, "dtype", "in the order %s cannot take %s", compare.order(), dtype);
        return List.of(type.withDType(DType.BOOL));
    }

    static List<TensorType> select(Operands in) {
        in.requireCount(3);
        TensorType condition = in.get(0);
        in.require(condition.dtype() == DType.BOOL, "dtype", "needs a condition of truth values, but got %s",
                condition);
        in.require(in.get(1).equals(in.get(2)), "mismatch", "needs two branches of one type, but got %s and %s",
                in.get(1), in.get(2));
        in.require(
                condition.shape().equals(in.get(1).shape()),
                "mismatch",
                "needs a condition of the branches' shape %s, but got %s",
                in.get(1).shape(),
                condition.shape());
        return List.of(in.get(1));
    }

    static List<TensorType> bitcast(Op.BitcastConvert bitcast, Operands in) {
        TensorType x = in.only();
        in.require(
                x.dtype().byteSize() == bitcast.to().byteSize() && x.dtype() != DType.BOOL
                        && bitcast.to() != DType.BOOL,
                "dtype",
                "reads bits as another type of the same width, but %s has %s byte(s) and %s has %s",
                x.dtype(),
                x.dtype().byteSize(),
                bitcast.to(),
                bitcast.to().byteSize());
        return List.of(x.withDType(bitcast.to()));
    }

    private static TensorType same(Operands in) {
        in.requireCount(2);
        in.require(
                in.get(0).equals(in.get(1)),
                "mismatch",
                "needs two operands of one type, but got %s and %s; broadcast or convert one of them first",
                in.get(0),
                in.get(1));
        return in.get(0);
    }
}
