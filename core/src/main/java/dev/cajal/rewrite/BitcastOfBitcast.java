package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.util.List;

/// Reading bits as another type: as the own type nothing; twice in a row, once.
final class BitcastOfBitcast implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.BitcastConvert(DType to))) {
            return KEEP;
        }
        Value middle = node.inputs().getFirst();
        if (middle.dtype() == to) {
            return List.of(middle);
        }
        return middle.node().op() instanceof Op.BitcastConvert
                ? List.of(Ops.bitcast(middle.node().inputs().getFirst(), to))
                : KEEP;
    }
}
