package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.List;

/// Conversions: to the own type nothing; from `A` by way of `B` to `C` straight from `A`, where `B` holds every number of `A`.
final class ConvertOfConvert implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Convert(DType to))) {
            return KEEP;
        }
        Value middle = node.inputs().getFirst();
        if (middle.dtype() == to) {
            return List.of(middle);
        }
        if (!(middle.node().op() instanceof Op.Convert)) {
            return KEEP;
        }
        Value x = middle.node().inputs().getFirst();
        return holdsAll(middle.dtype(), x.dtype()) ? List.of(Ops.convert(x, to)) : KEEP;
    }

    /// Whether each number of `narrow` is one of `wide`.
    private static boolean holdsAll(DType wide, DType narrow) {
        return switch (narrow) {
            case BOOL -> true;
            case U8 -> wide != DType.BOOL;
            case I32 -> wide == DType.I64 || wide == DType.F64;
            case BF16 -> wide == DType.F32 || wide == DType.F64;
            case F32 -> wide == DType.F64;
            case I64, F64 -> false;
        };
    }
}
