package dev.cajal.cpu.loop;

import dev.cajal.cpu.loop.Registers.Kind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import dev.cajal.type.DType;
import org.jspecify.annotations.Nullable;

/// The kernel for an element-wise operation; null where there is none, and the operation takes the plain path.
final class Kernels {
    /// Two correctly rounded steps, as the operation is defined.
    private static final Kernel BF16_RSQRT = (r, t, a, _, _, n) -> {
        float[] x = r.floats[a];
        float[] y = r.floats[t];
        for (int i = 0; i < n; i++) {
            y[i] = 1 / Conversions.roundToBf16((float) Math.sqrt(x[i]));
        }
    };

    private Kernels() {}

    /// @param operand the type of the operands (of a select, of its branches)
    /// @param result the type of the result
    static @Nullable Kernel of(Op op, DType operand, DType result) {
        return switch (op) {
            case Op.Unary unary -> rounded(unary(unary, operand), result);
            case Op.Binary binary -> rounded(binary(binary, operand), result);
            case Op.Compare compare -> compare(compare, operand);
            case Op.Select _ -> select(operand);
            case Op.Convert convert -> Conversions.convert(operand, convert.to());
            case Op.BitcastConvert bitcast -> Conversions.bitcast(operand, bitcast.to());
            default -> null;
        };
    }

    /// The function of two elements that a reduction applies over and over.
    static Kernel combiner(Reducer reducer, DType dtype) {
        Kernel kernel = binary(new Op.Binary(reducer.combiner()), dtype);
        if (kernel == null) {
            throw new AssertionError(reducer + " of " + dtype);
        }
        return kernel;
    }

    private static @Nullable Kernel unary(Op.Unary unary, DType dtype) {
        return switch (dtype) {
            case F32 -> FloatKernels.unary(unary.kind());
            case BF16 -> unary.kind() == UnaryKind.RSQRT ? BF16_RSQRT : FloatKernels.unary(unary.kind());
            case F64 -> DoubleKernels.unary(unary.kind());
            case I32, U8 -> IntKernels.unary(unary.kind());
            case I64 -> LongKernels.unary(unary.kind());
            case BOOL -> (r, t, a, _, _, n) -> {
                int[] x = r.ints[a];
                int[] y = r.ints[t];
                for (int i = 0; i < n; i++) {
                    y[i] = 1 - x[i];
                }
            };
        };
    }

    private static @Nullable Kernel binary(Op.Binary binary, DType dtype) {
        return switch (dtype) {
            case F32, BF16 -> FloatKernels.binary(binary.kind());
            case F64 -> DoubleKernels.binary(binary.kind());
            case I64 -> LongKernels.binary(binary.kind());
            case I32 -> IntKernels.binary(binary.kind());
            case U8, BOOL -> switch (binary.kind()) {
                case ADD, SUBTRACT, MULTIPLY, MAXIMUM, MINIMUM, AND, OR, XOR -> IntKernels.binary(binary.kind());
                case DIVIDE, REMAINDER, POWER, ATAN2, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> null;
            };
        };
    }

    private static @Nullable Kernel compare(Op.Compare compare, DType dtype) {
        if (compare.order() == Comparison.Order.TOTAL_ORDER) {
            return null;
        }
        return switch (Kind.of(dtype)) {
            case FLOAT -> FloatKernels.compare(compare.comparison());
            case DOUBLE -> DoubleKernels.compare(compare.comparison());
            case INT -> IntKernels.compare(compare.comparison());
            case LONG -> LongKernels.compare(compare.comparison());
        };
    }

    private static Kernel select(DType dtype) {
        return switch (Kind.of(dtype)) {
            case FLOAT -> FloatKernels.select();
            case DOUBLE -> DoubleKernels.select();
            case INT -> IntKernels.select();
            case LONG -> LongKernels.select();
        };
    }

    /// What a register holds more than the type is taken away after each operation.
    private static @Nullable Kernel rounded(@Nullable Kernel kernel, DType result) {
        if (kernel == null) {
            return null;
        }
        return switch (result) {
            case BF16 -> Conversions.then(kernel, Conversions.roundToBf16());
            case U8 -> Conversions.then(kernel, Conversions.wrapToByte());
            case F32, F64, I32, I64, BOOL -> kernel;
        };
    }
}
