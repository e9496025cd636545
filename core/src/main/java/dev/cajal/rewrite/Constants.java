package dev.cajal.rewrite;

import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of a value's elements. A value whose elements are all alike (a fill) has one canonical form: a scalar constant, broadcast.
final class Constants {
    private Constants() {}

    /// The bits of every element, if the value is a fill.
    static OptionalLong fillBits(Value value) {
        Value scalar = value.node().op() instanceof Op.BroadcastInDim
                ? value.node().inputs().getFirst()
                : value;
        if (scalar.node().op() instanceof Op.Constant constant && constant.literal().isSplat()) {
            return OptionalLong.of(constant.literal().bitsAt(0));
        }
        return OptionalLong.empty();
    }

    /// Whether every element is a given number, which for floating-point types means that very bit pattern.
    static boolean isFill(Value value, double number) {
        OptionalLong bits = fillBits(value);
        return bits.isPresent() && bits.getAsLong() == Literal.encode(value.dtype(), number);
    }

    /// All elements, if the value is a constant or a fill.
    static Optional<Literal> literal(Value value) {
        if (value.node().op() instanceof Op.Constant constant) {
            return Optional.of(constant.literal());
        }
        OptionalLong bits = fillBits(value);
        return bits.isPresent()
                ? Optional.of(scalar(value.dtype(), bits.getAsLong()).withShape(value.shape()))
                : Optional.empty();
    }

    /// The bits in every element.
    static Value fill(TensorType type, long bits) {
        return Ops.broadcastScalar(Ops.constant(scalar(type.dtype(), bits)), type.shape());
    }

    static Value truth(TensorType type, boolean value) {
        return fill(type.withDType(DType.BOOL), value ? 1 : 0);
    }

    private static Literal scalar(DType dtype, long bits) {
        return Literal.ofBits(TensorType.of(dtype), bits);
    }
}
