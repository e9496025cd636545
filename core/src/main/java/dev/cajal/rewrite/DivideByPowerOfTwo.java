package dev.cajal.rewrite;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.List;
import java.util.OptionalLong;

/// `x / c` is `x * (1 / c)` where `c` and its reciprocal are powers of two: both are the same exact number, rounded once.
final class DivideByPowerOfTwo implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Binary(BinaryKind kind))
                || kind != BinaryKind.DIVIDE
                || !node.value().dtype().isFloating()) {
            return KEEP;
        }
        Value x = node.inputs().get(0);
        DType dtype = x.dtype();
        OptionalLong bits = Constants.fillBits(node.inputs().get(1));
        if (bits.isEmpty()) {
            return KEEP;
        }
        double divisor = Literal.decode(dtype, bits.getAsLong());
        // The range in which both the number and its reciprocal are normal in every floating-point type but f64, which has more.
        boolean safe = Math.abs(divisor) >= 0x1p-100 && Math.abs(divisor) <= 0x1p100;
        boolean power = safe && Math.abs(divisor) == Math.scalb(1.0, Math.getExponent(divisor));
        return power ? List.of(Ops.multiply(x, Ops.fillLike(x, 1 / divisor))) : KEEP;
    }
}
